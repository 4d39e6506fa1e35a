using FsCheck;
using FsCheck.Fluent;

namespace SreAgent.Integrations.Tests.Contracts;

/// <summary>Whatever a person or a model may put where a name belongs.</summary>
internal static class AnyText
{
    private static readonly string[] Nasty =
    [
        "", " ", ".", "..", "...", "../..", "a/../b", "/", "//evil.test/x", "http://evil.test/x", "\\..\\x", "%2e%2e", "%2E", "a%2Fb", "%", "%00", "a/b", "x/status", "x/check-runs", "refs/heads/main",
        "a?b=c&d=e", "a&per_page=1", "a#b", "a;b=c", "@evil.test", "a:b", "a\r\nX-Evil: 1", "a\nb", "\0", "\ud800", "\udc00x", "\u202Egnp", "é", "日本語", "😀", "~", "-x", "a+b c", "[]", "{}", "'\"",
        new('x', 300), new('.', 400), new('é', 20_000), new('%', 70_000), string.Concat(Enumerable.Repeat("../", 200)) + "etc/passwd",
    ];

    public static Arbitrary<string> All { get; } = Gen.Frequency(
        (3, Gen.Elements(Nasty)),
        (2, ArbMap.Default.GeneratorFor<NonNull<string>>().Select(text => text.Get)),
        (2, from left in Gen.Elements(Nasty) from right in ArbMap.Default.GeneratorFor<NonNull<string>>() select left + right.Get),
        (1, from left in Gen.Elements(Nasty) from right in Gen.Elements(Nasty) select left + right)).ToArbitrary();
}
