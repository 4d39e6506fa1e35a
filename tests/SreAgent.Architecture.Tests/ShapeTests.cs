using System.Reflection;
using System.Runtime.CompilerServices;

namespace SreAgent.Architecture.Tests;

public class ShapeTests
{
    private static readonly Assembly[] Assemblies =
    [
        typeof(Core.Tools.Tool).Assembly,
        Assembly.Load("SreAgent.Integrations"),
        typeof(Runtime.Guardrail.IToolInvoker).Assembly,
        Assembly.Load("SreAgent.Lab"),
        Assembly.Load("sre-agent"),
    ];

    [Fact]
    public void Concrete_classes_are_sealed() =>
        Assert.Empty(
            from type in Assemblies.SelectMany(assembly => assembly.GetTypes())
            where type is { IsClass: true, IsAbstract: false, IsSealed: false }
            where !type.IsDefined(typeof(CompilerGeneratedAttribute)) && !(type.FullName ?? "").Contains('<', StringComparison.Ordinal)
            where type.Namespace?.StartsWith("SreAgent", StringComparison.Ordinal) == true
            where !Assemblies.SelectMany(assembly => assembly.GetTypes()).Any(other => other.BaseType is { } parent && (parent == type || (parent.IsGenericType && parent.GetGenericTypeDefinition() == type)))
            select type.FullName);

    [Fact]
    public void No_folder_is_called_after_a_pattern() =>
        Assert.DoesNotContain(
            SourceTree.Sources.Select(file => Path.GetDirectoryName(file.Path)!),
            folder => folder.Split(Path.DirectorySeparatorChar).Any(part => part is "Helpers" or "Utils" or "Utilities" or "Managers" or "Models" or "Common"));

    [Fact]
    public void A_file_holds_one_idea() =>
        Assert.Empty(
            from file in SourceTree.Sources
            let lines = File.ReadLines(Path.Combine(SourceTree.Root, file.Path)).Count()
            where lines > 400
            select $"{file.Path}: {lines} lines");
}
