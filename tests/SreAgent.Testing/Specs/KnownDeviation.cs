namespace SreAgent.Testing.Specs;

/// <summary>Where the vendor is known to depart from its own description, so that a faithful simulator must too.</summary>
/// <param name="Pattern">Part of the problem's sentence; <c>*</c> stands for anything between two parts.</param>
/// <param name="Reason">How it is known.</param>
public sealed record KnownDeviation(string Pattern, string Reason)
{
    public bool Excuses(string problem)
    {
        var from = 0;
        foreach (var part in Pattern.Split('*'))
        {
            var found = problem.IndexOf(part, from, StringComparison.Ordinal);
            if (found < 0)
            {
                return false;
            }

            from = found + part.Length;
        }

        return true;
    }
}
