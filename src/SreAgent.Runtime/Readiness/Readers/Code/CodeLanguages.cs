namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>Languages by the endings of their files, without the dot, where signs go by more than one.</summary>
internal static class CodeLanguages
{
    public static readonly string[] Node = ["js", "ts", "mjs", "cjs"];

    public static readonly string[] Jvm = ["java", "kt", "scala"];

    public static readonly string[] Elixir = ["ex", "exs"];

    public static readonly string[] Everywhere = ["go", "py", .. Node, .. Jvm, "cs", "rb", .. Elixir, "rs", "php"];
}
