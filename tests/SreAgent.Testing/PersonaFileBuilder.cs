using System.Text;

namespace SreAgent.Testing;

/// <summary>Writes persona files the way people really write them, odd ways included.</summary>
public sealed class PersonaFileBuilder
{
    private readonly List<string> _front = [];
    private readonly StringBuilder _body = new();

    public static PersonaFileBuilder Agent(string name) => new PersonaFileBuilder().Key("name", name).Key("description", $"Does what {name} does.");

    public static PersonaFileBuilder Role(string id, string title) => new PersonaFileBuilder().Key("id", id).Key("title", title);

    public static PersonaFileBuilder Lens(string id) => new PersonaFileBuilder().Key("id", id).Key("name", id).Key("tags", "[operations]");

    /// <summary>Front matter free.</summary>
    public static PersonaFileBuilder JobDescription(string title) => new PersonaFileBuilder().Body($"# {title}");

    public PersonaFileBuilder Key(string key, string value) => Front($"{key}: {value}");

    public PersonaFileBuilder Front(string line)
    {
        _front.Add(line);
        return this;
    }

    public PersonaFileBuilder Body(string text)
    {
        _body.Append(text).Append("\n\n");
        return this;
    }

    public PersonaFileBuilder Section(string heading, params string[] items) =>
        Body($"## {heading}\n\n{string.Join('\n', items.Select(item => $"- {item}"))}");

    public string Text()
    {
        var body = _body.Length == 0 && _front.Count > 0 ? "You are it.\n" : _body.ToString();
        return _front.Count == 0 ? body : $"---\n{string.Join('\n', _front)}\n---\n\n{body}";
    }
}
