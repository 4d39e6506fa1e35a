namespace SreAgent.Host.Commands.Review;

/// <summary>What makes a review end with <see cref="ExitStatus.No"/>.</summary>
internal enum FailOn
{
    /// <summary>A question nothing answers.</summary>
    Missing = 0,

    /// <summary>A question that is not fully answered.</summary>
    Partly,
    Never,
}
