using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace SreAgent.Integrations.Settings;

/// <summary>
/// Reads one section by name and collects every mistake in it, unknown names included, so that a person fixes them in one go.
/// Written out instead of bound by reflection: a client waits for us to start.
/// </summary>
internal sealed class SettingsReader(IConfigurationSection section, List<string> problems)
{
    private readonly HashSet<string> _known = new(StringComparer.OrdinalIgnoreCase);

    public string Path => section.Path;

    public bool Exists => section.Exists();

    public IReadOnlyList<string> Problems => problems;

    /// <summary>Absent when the setting is missing or blank.</summary>
    public string? Text(string name)
    {
        _known.Add(name);
        var value = section[name];
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }

    /// <summary>A whole number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Number(string name, int fallback, int least, int most)
    {
        if (Text(name) is not { } text)
        {
            return fallback;
        }

        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Problem(name, $"must be a whole number from {least} to {most}, not '{text}'");
        return fallback;
    }

    public bool Flag(string name)
    {
        if (Text(name) is not { } text)
        {
            return false;
        }

        if (bool.TryParse(text, out var flag))
        {
            return flag;
        }

        Problem(name, $"must be true or false, not '{text}'");
        return false;
    }

    /// <summary>An http or https address. Absent when missing or wrong.</summary>
    public Uri? Address(string name)
    {
        if (Text(name) is not { } text)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https")
        {
            return address;
        }

        // The value is not repeated: an address may carry a password.
        Problem(name, "must be an absolute http:// or https:// address, such as http://localhost:9090");
        return null;
    }

    /// <summary>A path to a file that can be read now; whether it can later is found out when it is needed.</summary>
    public string? File(string name)
    {
        var path = Text(name);
        if (path is not null && !System.IO.File.Exists(path))
        {
            Problem(name, $"names the file {path}, which does not exist or cannot be seen by this user");
        }

        return path;
    }

    public IReadOnlyDictionary<string, string> Map(string name)
    {
        _known.Add(name);
        return section.GetSection(name).GetChildren().ToDictionary(child => child.Key, child => child.Value ?? "", StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>A section within this one. The caller reads it whole and then calls its <see cref="RefuseUnknown"/>.</summary>
    public SettingsReader Section(string name)
    {
        _known.Add(name);
        return new SettingsReader(section.GetSection(name), problems);
    }

    public void Problem(string name, string sentence) => problems.Add($"{section.Path}:{name} {sentence}.");

    /// <summary>Reports every name that nobody has asked for: most often a typing mistake that would silently do nothing.</summary>
    public void RefuseUnknown()
    {
        foreach (var child in section.GetChildren().Where(child => !_known.Contains(child.Key)))
        {
            Problem(child.Key, $"is not a setting; known here are {string.Join(", ", _known.Order(StringComparer.Ordinal))}");
        }
    }
}
