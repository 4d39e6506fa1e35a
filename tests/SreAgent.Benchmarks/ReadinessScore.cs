using System.Globalization;
using SreAgent.Core.Readiness;

namespace SreAgent.Benchmarks;

/// <summary>How far reviews agree with labels.</summary>
internal sealed class ReadinessScore
{
    private int _judged, _accepted, _presentFound, _presentLost, _missingFound, _missingLost, _answeredRight, _answeredWrong, _cited, _citedWrong;

    /// <summary>Share of verdicts that are fair.</summary>
    public double Accepted => Share(_accepted, _judged);

    /// <summary>Of the questions that are certainly missing, how many are said to be.</summary>
    public double MissingRecall => Share(_missingFound, _missingFound + _missingLost);

    public double PresentRecall => Share(_presentFound, _presentFound + _presentLost);

    /// <summary>Of what is said to be answered and is certainly answered or certainly not, how much is.</summary>
    public double AnsweredPrecision => Share(_answeredRight, _answeredRight + _answeredWrong);

    /// <summary>Share of citations that touch lines known to be no evidence.</summary>
    public double CitedInUnanswered => _cited == 0 ? 0 : (double)_citedWrong / _cited;

    public void Add(ReadinessReview review, ReadinessLabels truth)
    {
        foreach (var question in review.Questions)
        {
            Add(question, truth.ByQuestion[question.Id]);
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"n {_judged,4}  accepted {Accepted:0.000}  missing recall {MissingRecall:0.000}  present recall {PresentRecall:0.000}  answered precision {AnsweredPrecision:0.000}  cited in unanswered {CitedInUnanswered:0.000}");

    private void Add(QuestionReview question, ReadinessLabel label)
    {
        var said = question.Verdict.ToString().ToLowerInvariant();
        _judged++;
        _accepted += One(label.Accept.Contains(said));
        var mayMiss = label.Accept.Contains("missing");
        if (!mayMiss)
        {
            _presentFound += One(question.Verdict != Verdict.Missing);
            _presentLost += One(question.Verdict == Verdict.Missing);
        }
        else if (label.Accept.Count == 1)
        {
            _missingFound += One(question.Verdict == Verdict.Missing);
            _missingLost += One(question.Verdict != Verdict.Missing);
        }

        var mayAnswer = label.Accept.Contains("answered");
        _answeredRight += One(mayAnswer && label.Accept.Count == 1 && question.Verdict == Verdict.Answered);
        _answeredWrong += One(!mayAnswer && question.Verdict == Verdict.Answered);
        _cited += question.Evidence.Count;
        _citedWrong += question.Evidence.Count(evidence => label.Unanswered.Any(place => evidence.EndLine >= place.First && evidence.Line <= place.Last));
    }

    private static int One(bool holds) => holds ? 1 : 0;

    /// <summary>Nothing to be wrong about counts as right.</summary>
    private static double Share(int part, int whole) => whole == 0 ? 1 : (double)part / whole;
}
