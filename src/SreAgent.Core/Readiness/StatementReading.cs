using SreAgent.Core.Readiness.Language;

namespace SreAgent.Core.Readiness;

/// <summary>A line a statement stands under, read once.</summary>
/// <param name="Question">It asks; what stands beneath is about this and nothing wider.</param>
/// <param name="YesNo">It asks for yes or no.</param>
/// <param name="Label">It names a field that what stands beneath fills in.</param>
/// <param name="Itself">It is a heading or a question that names the product itself; what only announces a list tells what the product does.</param>
/// <param name="Tells">It says what stands beneath; a bare number does not.</param>
internal sealed record ContextLine(Hits Hits, bool Question, bool YesNo, bool Label, bool Tells, bool Itself);

/// <summary>A statement, read once for all questions.</summary>
internal sealed record StatementReading(Statement Statement, int Order)
{
    public required Hits Says { get; init; }

    /// <summary>Innermost first.</summary>
    public required IReadOnlyList<ContextLine> Under { get; init; }

    public required int WordCount { get; init; }

    /// <summary>What the name of the product says. Prose about that may be about what the product works on.</summary>
    public required Hits Subject { get; init; }

    /// <summary>What the path of its file says.</summary>
    public required Hits In { get; init; }

    /// <summary>How near its file stands to what users have, by its path: what speaks of production is cited before what speaks of a workstation.</summary>
    public int Standing { get; init; }

    /// <summary>It speaks of the product itself.</summary>
    public bool OfItself { get; init; }

    public ShortAnswer Short { get; init; }

    /// <summary>"Not applicable" and why.</summary>
    public bool Declines { get; init; }

    /// <summary>It tells the author what to write.</summary>
    public bool Hints { get; init; }

    /// <summary>It only promises.</summary>
    public bool Promises { get; init; }

    /// <summary>It is no answer yet.</summary>
    public bool PutsOff => Hints || Promises;

    /// <summary>It stands where nobody tells how the thing is run today.</summary>
    public bool Aside { get; init; }

    /// <summary>Its file is not about running this at all.</summary>
    public bool Elsewhere { get; init; }

    /// <summary>It stands beneath a question that was asked: it answers that one.</summary>
    public bool Answers { get; init; }

    /// <summary>It stands where running the thing is told, or where no heading says anything else: its own words carry it.</summary>
    public bool Operational { get; init; }

    /// <summary>It stands where the inside is explained or the product is presented: labels there name parts of the product.</summary>
    public bool Inside { get; init; }

    public bool IsProse => Statement.Kind == StatementKind.Prose;

    /// <summary>A block of code.</summary>
    public bool IsCode => Form == StatementForm.Code;

    /// <summary>Nothing but a link.</summary>
    public bool IsLink => Form == StatementForm.Link;

    private StatementForm Form => StatementForms.Of(Statement);
}
