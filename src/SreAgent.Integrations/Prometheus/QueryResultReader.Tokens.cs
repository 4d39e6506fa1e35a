using System.Text.Json;

namespace SreAgent.Integrations.Prometheus;

/// <summary>The half that knows the shape: where in the document a token stands, and what it means there.</summary>
internal sealed partial class QueryResultReader(ISampleSink sink)
{
    private const int NotSkipping = -1;

    private readonly List<string> _warnings = [];
    private readonly List<string> _infos = [];
    private Place _place = Place.Start;
    private Field _field;
    private int _skippingAt = NotSkipping;
    private bool _single;
    private long _time;
    private double _count;
    private double _sum;
    private int _series;
    private string? _label;
    private string? _status;
    private string? _resultType;
    private string? _errorType;
    private string? _error;
    private string? _text;

    /// <summary>The containers of the document that mean something.</summary>
    private enum Place
    {
        Start,
        Root,
        Warnings,
        Infos,
        Data,
        Result,
        Series,
        Metric,
        Samples,
        Sample,
        HistogramSamples,
        HistogramSample,
        Histogram,
    }

    /// <summary>The property whose value comes next.</summary>
    private enum Field
    {
        Unknown,
        Status,
        Data,
        ErrorType,
        Error,
        Warnings,
        Infos,
        ResultType,
        Result,
        Metric,
        Value,
        Values,
        Histogram,
        Histograms,
        Count,
        Sum,
    }

    private QueryEnvelope Envelope() => new(_status, _resultType, _errorType, _error, _warnings, _infos, _series, _text);

    private void Take(ref Utf8JsonReader json)
    {
        if (_skippingAt != NotSkipping)
        {
            if (json.CurrentDepth == _skippingAt && json.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                _skippingAt = NotSkipping;
            }

            return;
        }

        switch (json.TokenType)
        {
            case JsonTokenType.StartArray or JsonTokenType.StartObject:
                Enter(ref json);
                break;
            case JsonTokenType.EndArray or JsonTokenType.EndObject:
                Leave();
                break;
            case JsonTokenType.PropertyName:
                Name(ref json);
                break;
            case JsonTokenType.Number:
                Number(ref json);
                break;
            case JsonTokenType.String:
                Text(ref json);
                break;
        }
    }

    private void Enter(ref Utf8JsonReader json)
    {
        var array = json.TokenType == JsonTokenType.StartArray;
        if (_place == Place.Samples && array)
        {
            (_place, _single) = (Place.Sample, false);
            return;
        }

        Place? next = (_place, array) switch
        {
            (Place.Start, false) => Place.Root,
            (Place.Root, false) when _field == Field.Data => Place.Data,
            (Place.Root, true) when _field == Field.Warnings => Place.Warnings,
            (Place.Root, true) when _field == Field.Infos => Place.Infos,
            (Place.Data, true) when _field == Field.Result => Place.Result,
            (Place.Result, false) => Place.Series,
            (Place.Series, false) when _field == Field.Metric => Place.Metric,
            (Place.Series, true) when _field == Field.Values => Place.Samples,
            (Place.Series, true) when _field == Field.Value => Place.Sample,
            (Place.Series, true) when _field == Field.Histograms => Place.HistogramSamples,
            (Place.Series, true) when _field == Field.Histogram => Place.HistogramSample,
            (Place.HistogramSamples, true) => Place.HistogramSample,
            (Place.HistogramSample, false) => Place.Histogram,
            (Place.Start, true) => throw new JsonException("The answer is a list, not an object."),
            _ => null,
        };
        if (next is not { } place)
        {
            _skippingAt = json.CurrentDepth;
            return;
        }

        if (place is Place.Sample or Place.HistogramSample)
        {
            _single = _place == Place.Series;
        }

        _place = place;
        if (place == Place.Series)
        {
            _series++;
            sink.BeginSeries();
        }
        else if (place == Place.Histogram)
        {
            _count = _sum = double.NaN;
        }
    }

    private void Leave()
    {
        switch (_place)
        {
            case Place.Sample:
                _place = _single ? Place.Series : Place.Samples;
                break;
            case Place.HistogramSample:
                _place = _single ? Place.Series : Place.HistogramSamples;
                break;
            case Place.Histogram:
                sink.Histogram(_time, _count, _sum);
                _place = Place.HistogramSample;
                break;
            case Place.Series:
                sink.EndSeries();
                _place = Place.Result;
                break;
            default:
                _place = _place switch
                {
                    Place.Metric or Place.Samples or Place.HistogramSamples => Place.Series,
                    Place.Result => Place.Data,
                    _ => Place.Root,
                };
                break;
        }
    }
}
