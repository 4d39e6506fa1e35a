using System.Globalization;
using SreAgent.Core.Changes;
using SreAgent.Core.ServiceLevels;

namespace SreAgent.Runtime.Rollouts;

/// <summary>What before and after figures of one objective mean for a rollout. Pure.</summary>
/// <param name="Verdict">What is known so far.</param>
/// <param name="Detail">A sentence with the figures.</param>
/// <param name="IsClear">So bad, and so surely, that watching on would only hurt users.</param>
internal sealed record SliJudgement(VerificationVerdict Verdict, string Detail, bool IsClear)
{
    /// <param name="slo">The objective.</param>
    /// <param name="before">Null when there was nothing to compare with.</param>
    /// <param name="after">Null when no event was measured.</param>
    /// <param name="isRollback">Then users should be better off than before, not merely no worse.</param>
    /// <param name="early">Not the last look: only what is clear counts.</param>
    public static SliJudgement Of(Slo slo, SliSample? before, SliSample? after, bool isRollback, bool early)
    {
        if (after is not { } now)
        {
            return new SliJudgement(VerificationVerdict.Unverified, "no event was measured since.", IsClear: false);
        }

        var level = early ? SliComparison.EarlyLevel : SliComparison.Level;
        var noticeable = Math.Min(0.5, ErrorBudget.PagingBurnRate(slo.Window) * slo.AllowedErrorRatio);
        return before switch
        {
            { } was when isRollback && ErrorBudget.BurnRate(was, slo) > 1 => Recovered(slo, was, now, noticeable, level),
            { } was => Compared(slo, SliComparison.Between(was, now, noticeable, level)),
            _ => AgainstObjective(slo, now, noticeable, level),
        };
    }

    /// <summary>Worse decides only where users are below the objective: within it, the objective itself says they are well enough.</summary>
    private static SliJudgement Compared(Slo slo, SliComparison compared)
    {
        var within = ErrorBudget.BurnRate(compared.After, slo) <= 1;
        return compared.Verdict switch
        {
            SliVerdict.Worse when !within => new SliJudgement(VerificationVerdict.Failed, compared.Detail + ".", IsClear: true),
            SliVerdict.Worse => new SliJudgement(VerificationVerdict.Passed, $"{compared.Detail}, yet within the objective of {Objective(slo)}.", IsClear: false),
            SliVerdict.NotWorse => new SliJudgement(VerificationVerdict.Passed, $"{compared.Detail}{(within ? "" : $", though the objective of {Objective(slo)} is not met")}.", IsClear: false),
            _ => new SliJudgement(VerificationVerdict.Unverified, compared.Detail + ".", IsClear: false),
        };
    }

    private static SliJudgement Recovered(Slo slo, SliSample broken, SliSample now, double noticeable, double level)
    {
        // The same test the other way round: was it worse than it is now?
        var better = SliComparison.Between(now, broken, noticeable, level);
        var figures = string.Create(CultureInfo.InvariantCulture, $"{Figures(broken)} while it was broken, {Figures(now)} since");
        var meets = AgainstObjective(slo, now, noticeable, SliComparison.Level).Verdict;
        return (better.Verdict, meets) switch
        {
            (SliVerdict.Worse, VerificationVerdict.Passed) => new SliJudgement(VerificationVerdict.Passed, $"recovered: {figures} (p {Below(better.P)}); the objective of {Objective(slo)} is met.", IsClear: false),
            (SliVerdict.Worse, VerificationVerdict.Failed) => new SliJudgement(VerificationVerdict.Unverified, $"better, but not yet well: {figures}; the objective of {Objective(slo)} is not met yet.", IsClear: false),
            (SliVerdict.Worse, _) => new SliJudgement(VerificationVerdict.Unverified, $"better: {figures}; too little traffic to tell whether the objective of {Objective(slo)} is met.", IsClear: false),
            (SliVerdict.NotWorse, _) => new SliJudgement(VerificationVerdict.Failed, $"not recovered: {figures}.", IsClear: false),
            _ => new SliJudgement(VerificationVerdict.Unverified, $"{figures}: too little traffic to tell.", IsClear: false),
        };
    }

    /// <summary>With nothing to compare with, as if exactly what the objective allows had come before, over as many events.</summary>
    private static SliJudgement AgainstObjective(Slo slo, SliSample now, double noticeable, double level)
    {
        var compared = SliComparison.Between(new SliSample(now.Total * slo.Objective, now.Total), now, noticeable, level);
        var figures = $"{Figures(now)} since, nothing to compare with from before; the objective of {Objective(slo)} ";
        return compared.Verdict switch
        {
            SliVerdict.Worse => new SliJudgement(VerificationVerdict.Failed, figures + "is not met.", IsClear: true),
            SliVerdict.NotWorse => new SliJudgement(VerificationVerdict.Passed, figures + "is met.", IsClear: false),
            _ => new SliJudgement(VerificationVerdict.Unverified, figures + "cannot be judged on so little traffic.", IsClear: false),
        };
    }

    public static string Figures(SliSample sample) =>
        string.Create(CultureInfo.InvariantCulture, $"{sample.Bad:0} of {sample.Total:0} bad ({sample.ErrorRatio:0.###%})");

    private static string Objective(Slo slo) => slo.Objective.ToString("0.####%", CultureInfo.InvariantCulture);

    private static string Below(double p) => p < 0.0001 ? "< 0.0001" : $"= {p.ToString("0.####", CultureInfo.InvariantCulture)}";
}
