using SreAgent.Core.Changes;

namespace SreAgent.Core.Tests.Changes;

public class ChangeRequestIdTests
{
    [Fact]
    public void Ids_are_short_and_do_not_repeat()
    {
        var ids = Enumerable.Range(0, 10_000).Select(_ => ChangeRequestId.New().Value).ToArray();

        Assert.Equal(ids.Length, ids.Distinct(StringComparer.Ordinal).Count());
        Assert.All(ids, id => Assert.Matches("^chg-[0-9abcdefghjkmnpqrstvwxyz]{10}$", id));
    }
}
