namespace SreAgent.Core.Readiness;

/// <summary>What counts as an answer, as data: read from the YAML files beside the prompts, which a team may add to.</summary>
/// <param name="Version">Of the rules, shown with a review; two reviews by other versions are not compared silently.</param>
public sealed record ReadinessRules(string Version, IReadOnlyList<QuestionRules> Questions)
{
    /// <summary>How promises, hints and refusals are worded, whatever the question.</summary>
    public Wording Wording { get; init; } = new();
}

/// <summary>Phrases that tell what a sentence does, apart from what it is about. Each is a list of phrases as <see cref="Language.Phrase"/> reads them.</summary>
public sealed record Wording
{
    /// <summary>Instructions to the author of the document: "fill in".</summary>
    public IReadOnlyList<string> Hints { get; init; } = [];

    /// <summary>Lines that announce examples of an answer: "may be things like". What stands beneath is none.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>What is put off: "will be written", "planned for".</summary>
    public IReadOnlyList<string> Promises { get; init; } = [];

    /// <summary>"Not applicable".</summary>
    public IReadOnlyList<string> NotApplicable { get; init; } = [];

    /// <summary>Headings whose sections do not tell how it is run today: alternatives, goals, a roadmap.</summary>
    public IReadOnlyList<string> Asides { get; init; } = [];

    /// <summary>Words of headings and file names under which running the thing is told. There, and under headings that tell nothing, a sentence may count by its own words.</summary>
    public IReadOnlyList<string> Operations { get; init; } = [];

    /// <summary>Headings under which the inside is explained or a change is argued for: there a sentence does not count by its own words.</summary>
    public IReadOnlyList<string> Inside { get; init; } = [];

    /// <summary>
    /// How a document says that it speaks of the product and not of what the product works on: "itself". Asked for where the product's own name says
    /// what a rule looks for.
    /// </summary>
    public IReadOnlyList<string> Itself { get; init; } = [];

    /// <summary>Files that are not about running this: beginnings of file names, and folders with a <c>/</c> at the end.</summary>
    public IReadOnlyList<string> Elsewhere { get; init; } = [];
}

/// <summary>One must-answer question, taken apart.</summary>
/// <param name="Id">As a persona's list has it.</param>
public sealed record QuestionRules(string Id)
{
    public IReadOnlyList<SubQuestionRules> Parts { get; init; } = [];

    /// <summary>The question is answered when of every group at least one part is. Ids of <see cref="Parts"/>; a part in no group can only make it partly answered.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Answered { get; init; } = [];

    /// <summary>
    /// What a product is called in its readme's first words whose job for others this question is about: a monitoring tool, where the question is how it is
    /// observed. Of such a product, prose answers what is under <see cref="Answered"/> only where it says that it means the product itself.
    /// </summary>
    public IReadOnlyList<string> ForOthers { get; init; } = [];

    /// <summary>What a product is called there that runs within other programs, such as a library. Of it, prose answers nothing that does not say so of itself.</summary>
    public IReadOnlyList<string> WithinOthers { get; init; } = [];
}

/// <summary>One part of a question: what it asks, and what is accepted as an answer.</summary>
/// <param name="Id">Unique within the question, kebab case.</param>
/// <param name="Asks">In a few words.</param>
/// <param name="Write">A sentence that tells an author what to write; <c>{file}</c> stands for the file it would best go into.</param>
public sealed record SubQuestionRules(string Id, string Asks, string Write)
{
    /// <summary>Parts of a file's path, best first: where such a thing is usually written.</summary>
    public IReadOnlyList<string> Places { get; init; } = [];

    /// <summary>
    /// What a product may itself be made for, so that its prose about that is about its users: where its name or introduction says one of these, a sentence
    /// has to say that it means the product itself.
    /// </summary>
    public IReadOnlyList<string> Product { get; init; } = [];

    /// <summary>What the path of a file says whose prose answers nothing here: what a report of an outage tells is no promise.</summary>
    public IReadOnlyList<string> NotIn { get; init; } = [];

    /// <summary>Structured statements that answer it outright. The first that fits one ranks it; what ranks higher is cited first.</summary>
    public IReadOnlyList<KindRule> Kinds { get; init; } = [];

    /// <summary>What prose has to do; one of them is enough. The first that holds ranks highest.</summary>
    public IReadOnlyList<ProseRule> Prose { get; init; } = [];
}

/// <param name="Where">
/// Fields that must have one of these values, letter case aside. A value <c>*</c> asks only that the field is there, and <c>&gt;1</c> for a number
/// above one.
/// </param>
public sealed record KindRule(StatementKind Kind, IReadOnlyDictionary<string, IReadOnlyList<string>> Where)
{
    /// <summary>It is cited only after the prose that answers: it shows less than somebody's words would.</summary>
    public bool Last { get; init; }
}

/// <summary>What a sentence of prose must stand under, and what it must itself say, to be an answer. All lists hold phrases.</summary>
public sealed record ProseRule
{
    /// <summary>A heading, a label or the question it answers says one of these. Empty: it may stand anywhere, and its own words have to carry it.</summary>
    public IReadOnlyList<string> Under { get; init; } = [];

    /// <summary>Heading, label and question that say one of these do not count for <see cref="Under"/>.</summary>
    public IReadOnlyList<string> NotUnder { get; init; } = [];

    /// <summary>Every group has to be met by the sentence itself; of a group one phrase is enough.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Says { get; init; } = [];

    /// <summary>None of these may be in the sentence.</summary>
    public IReadOnlyList<string> Unless { get; init; } = [];

    /// <summary>The answer to a question that asks for yes or no counts. Otherwise such a question does not say enough about its answer.</summary>
    public bool YesNo { get; init; }

    /// <summary>Short answers that are enough beneath what is named in <see cref="Under"/>: <c>yes</c>, <c>no</c>, <c>none</c>.</summary>
    public IReadOnlyList<string> Bare { get; init; } = [];

    /// <summary>It counts under any heading that is no aside, not only where running the thing is told.</summary>
    public bool Anywhere { get; init; }

    /// <summary>Only a question or a label (<c>Owner:</c>) counts for <see cref="Under"/>, no heading: what stands beneath answers it, whatever its words.</summary>
    public bool Asked { get; init; }

    /// <summary>A block of code may say it too.</summary>
    public bool Code { get; init; }

    /// <summary>The path of the file says one of these: a page kept among runbooks is one, whatever its headings.</summary>
    public IReadOnlyList<string> In { get; init; } = [];
}
