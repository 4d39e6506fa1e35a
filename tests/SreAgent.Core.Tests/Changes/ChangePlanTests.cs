using System.Text.Json;
using SreAgent.Core.Changes;

namespace SreAgent.Core.Tests.Changes;

/// <summary>What an approval of a plan is bound to.</summary>
public sealed class ChangePlanTests
{
    private static readonly ChangePlan Plain = new("Deploy.", "checkout", "v42", "v43", "everybody", "Roll back.", "v42@a,b");

    [Fact]
    public void Without_a_remedy_the_fingerprint_is_all_there_is() => Assert.Equal(Plain.Fingerprint, Plain.BoundState);

    [Fact]
    public void Every_part_of_the_remedy_is_bound()
    {
        Remedy[] remedies = [Remedy("fly_rollback", "v42", false), Remedy("fly_rollback", "v42", true), Remedy("fly_rollback", "v41", false), Remedy("fly_restart", "v42", false)];

        var states = remedies.Select(remedy => (Plain with { Remedy = remedy }).BoundState).Append(Plain.BoundState).ToArray();

        Assert.Equal(states.Length, states.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void The_order_of_a_remedy_s_arguments_does_not_matter()
    {
        var one = Plain with { Remedy = new Remedy("fly_rollback", JsonElement.Parse("""{"service":"checkout","to":"v42"}"""), Automatic: false) };
        var other = Plain with { Remedy = new Remedy("fly_rollback", JsonElement.Parse("""{ "to": "v42", "service": "checkout" }"""), Automatic: false) };

        Assert.Equal(one.BoundState, other.BoundState);
    }

    private static Remedy Remedy(string tool, string to, bool automatic) => new(tool, JsonSerializer.SerializeToElement(new { to }), automatic);
}
