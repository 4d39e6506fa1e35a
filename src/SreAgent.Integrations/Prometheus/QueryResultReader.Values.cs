using System.Text;
using System.Text.Json;

namespace SreAgent.Integrations.Prometheus;

/// <summary>The half that reads names, numbers and texts where they stand.</summary>
internal sealed partial class QueryResultReader
{
    private void Name(ref Utf8JsonReader json)
    {
        if (_place == Place.Metric)
        {
            _label = json.GetString();
            return;
        }

        _field = _place switch
        {
            Place.Root when json.ValueTextEquals("status"u8) => Field.Status,
            Place.Root when json.ValueTextEquals("data"u8) => Field.Data,
            Place.Root when json.ValueTextEquals("errorType"u8) => Field.ErrorType,
            Place.Root when json.ValueTextEquals("error"u8) => Field.Error,
            Place.Root when json.ValueTextEquals("warnings"u8) => Field.Warnings,
            Place.Root when json.ValueTextEquals("infos"u8) => Field.Infos,
            Place.Data when json.ValueTextEquals("resultType"u8) => Field.ResultType,
            Place.Data when json.ValueTextEquals("result"u8) => Field.Result,
            Place.Series when json.ValueTextEquals("metric"u8) => Field.Metric,
            Place.Series when json.ValueTextEquals("value"u8) => Field.Value,
            Place.Series when json.ValueTextEquals("values"u8) => Field.Values,
            Place.Series when json.ValueTextEquals("histogram"u8) => Field.Histogram,
            Place.Series when json.ValueTextEquals("histograms"u8) => Field.Histograms,
            Place.Histogram when json.ValueTextEquals("count"u8) => Field.Count,
            Place.Histogram when json.ValueTextEquals("sum"u8) => Field.Sum,
            _ => Field.Unknown,
        };
    }

    private void Number(ref Utf8JsonReader json)
    {
        if (_place is (Place.Sample or Place.HistogramSample or Place.Result) && !SampleNumber.TryMilliseconds(json.ValueSpan, out _time))
        {
            throw new JsonException("A sample's time is not a number of seconds.");
        }
    }

    private void Text(ref Utf8JsonReader json)
    {
        switch (_place)
        {
            case Place.Metric:
                sink.Label(_label!, json.GetString()!);
                break;
            case Place.Histogram when _field == Field.Count:
                _count = Value(ref json);
                break;
            case Place.Histogram when _field == Field.Sum:
                _sum = Value(ref json);
                break;
            case Place.Result when _resultType == "string":
                _text = json.GetString();
                break;
            case Place.Result:
                _series++;
                sink.BeginSeries();
                sink.Sample(_time, Value(ref json));
                sink.EndSeries();
                break;
            case Place.Warnings:
                _warnings.Add(json.GetString()!);
                break;
            case Place.Infos:
                _infos.Add(json.GetString()!);
                break;
            case Place.Data when _field == Field.ResultType:
                _resultType = json.GetString();
                break;
            case Place.Root:
                RootText(json.GetString()!);
                break;
        }
    }

    private void RootText(string text)
    {
        switch (_field)
        {
            case Field.Status:
                _status = text;
                break;
            case Field.ErrorType:
                _errorType = text;
                break;
            case Field.Error:
                _error = text;
                break;
        }
    }

    private static double Value(ref Utf8JsonReader json)
    {
        // Some servers write "+Inf" as an escape.
        var text = json.ValueIsEscaped ? Encoding.UTF8.GetBytes(json.GetString()!) : json.ValueSpan;
        return SampleNumber.TryValue(text, out var value) ? value : throw new JsonException("A sample's value is not a number.");
    }
}
