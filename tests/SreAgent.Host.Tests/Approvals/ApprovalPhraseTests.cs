using SreAgent.Host.Approvals;
using SreAgent.Testing.Rehearsal;

namespace SreAgent.Host.Tests.Approvals;

public sealed class ApprovalPhraseTests
{
    [Theory]
    [InlineData("checkout-prod", "checkout-prod")]
    [InlineData("fly/iad/checkout-prod-with-a-very-long-name-indeed/machine-3d8d", "machine-3d8d")]
    [InlineData("silence of every alert whose name is so long that nobody types it", "chg-7k2m9qx4ht")]
    [InlineData("xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx", "chg-7k2m9qx4ht")]
    [InlineData("сheckout", "chg-7k2m9qx4ht")]
    [InlineData("check\u202eout", "chg-7k2m9qx4ht")]
    [InlineData("two\nlines", "chg-7k2m9qx4ht")]
    [InlineData("db", "chg-7k2m9qx4ht")]
    [InlineData("", "chg-7k2m9qx4ht")]
    public void The_phrase_comes_from_the_plan(string target, string wanted)
    {
        var request = ChangeRequestBuilder.Rollback();

        Assert.Equal(wanted, ApprovalPhrase.For(request with { Plan = request.Plan with { Target = target } }));
    }

    [Theory]
    [InlineData("cart", true)]
    [InlineData("  cart ", true)]
    [InlineData("Cart", false)]
    [InlineData("cart!", false)]
    [InlineData("carts", false)]
    [InlineData("yes", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Space_around_it_is_forgiven_and_nothing_else(string? typed, bool counts) => Assert.Equal(counts, ApprovalPhrase.Matches(typed, "cart"));
}
