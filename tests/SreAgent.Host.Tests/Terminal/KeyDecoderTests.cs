using System.Text;
using SreAgent.Host.Terminal.Keys;

namespace SreAgent.Host.Tests.Terminal;

public sealed class KeyDecoderTests
{
    [Theory]
    [InlineData("日本語 and é")]
    [InlineData("a\u001b[200~pasted ünï\ncode\u001b[201~b")]
    [InlineData("x\u0001y\u007f\r")]
    public void Bytes_may_arrive_one_at_a_time(string typed)
    {
        var bytes = Encoding.UTF8.GetBytes(typed);
        var whole = Text(new KeyDecoder().Feed(bytes));
        var decoder = new KeyDecoder();
        // An escape by itself is the Escape key, so sequences are given from their second byte on; a terminal sends them in one piece.
        var pieces = new List<Key>();
        for (var i = 0; i < bytes.Length; i++)
        {
            var length = bytes[i] == 0x1b ? 2 : 1;
            pieces.AddRange(decoder.Feed(bytes.AsSpan(i, length)));
            i += length - 1;
        }

        Assert.Equal(whole, Text(pieces));
    }

    [Fact]
    public void An_escape_alone_is_the_escape_key() => Assert.Equal([new Key(KeyKind.Escape)], new KeyDecoder().Feed("\u001b"u8));

    [Fact]
    public void Sequences_nobody_knows_are_left_out() => Assert.Equal([Key.Of("a")], new KeyDecoder().Feed("\u001b[>0;95;0c\u001b[12~a"u8));

    private static string Text(IEnumerable<Key> keys) => string.Concat(keys.Select(key => key.Kind == KeyKind.Text ? key.Text : $"<{key.Kind}:{key.Text}>"));
}
