using System.Globalization;
using System.Text.Json;
using SreAgent.Core.Readiness;
using SreAgent.Runtime.Readiness.Readers.Alerts;

namespace SreAgent.Runtime.Readiness.Readers.Grafana;

/// <summary>What a Grafana dashboard states, wherever its JSON stands: its title, the titles of its panels, and what they are held against.</summary>
internal static class DashboardFacts
{
    private const int MostPanels = 12;
    private const int MostTargets = 3;

    /// <param name="text">The file the JSON stands in.</param>
    /// <param name="firstLine">Of the file, where the JSON begins.</param>
    public static IReadOnlyList<Statement> Of(SourceText text, byte[] json, int firstLine)
    {
        var dashboard = new Outline();
        try
        {
            dashboard.Read(json);
        }
        catch (JsonException)
        {
            // Cut off or no JSON: what was seen before it broke off stands.
        }

        if (dashboard.Title is not { Length: > 0 } title || dashboard.Panels == 0)
        {
            return [];
        }

        var line = LineOf(dashboard.TitleAt);
        return
        [
            .. dashboard.Targets.Where(target => PanelTargets.Promises(target.Title)).Take(MostTargets).Select(target => Target(text, LineOf(target.At), target.Percent, target.Title)),
            text.State(StatementKind.Dashboard, "dashboard", line, line,
                $"Dashboard '{title}' shows {dashboard.Panels} panel{(dashboard.Panels == 1 ? "" : "s")}: {string.Join("; ", dashboard.PanelTitles)}.",
                ("title", title), ("panels", dashboard.Panels.ToString(CultureInfo.InvariantCulture)), ("shows", string.Join("; ", dashboard.PanelTitles)),
                ("measures", Measured.By(string.Join("; ", dashboard.PanelTitles.Append(title))) ?? (PanelTargets.Promises(title) ? "availability" : null))),
        ];

        int LineOf(int at) => firstLine + json.AsSpan(0, at).Count((byte)'\n');
    }

    private static Statement Target(SourceText text, int line, string percent, string title) =>
        text.State(StatementKind.SloObjective, "target on a dashboard", line, line, $"Panel '{title}' is held against {percent} %.", ("objective", percent), ("name", title), ("format", "dashboard"));

    private sealed class Outline
    {
        public string? Title { get; private set; }

        public int TitleAt { get; private set; }

        public int Panels { get; private set; }

        public List<string> PanelTitles { get; } = [];

        /// <summary>What panels are held against.</summary>
        public List<(string Title, string Percent, int At)> Targets { get; } = [];

        private string? _panel;
        private (string Percent, int At)? _bound;

        public void Read(byte[] bytes)
        {
            var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true, MaxDepth = 128 });

            // Depth of the list of panels that is being read; its elements are panels, and theirs is the title one below.
            var (panelsAt, dashboardAt) = (-1, 1);
            while (reader.Read())
            {
                if (reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == panelsAt)
                {
                    panelsAt = -1;
                }
                else if (panelsAt >= 0 && reader.TokenType == JsonTokenType.StartObject && reader.CurrentDepth == panelsAt + 1)
                {
                    Panels++;
                    (_panel, _bound) = (null, null);
                }
                else if (panelsAt >= 0 && reader.TokenType == JsonTokenType.EndObject && reader.CurrentDepth == panelsAt + 1)
                {
                    Close();
                }
                else if (panelsAt >= 0 && reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("thresholds"))
                {
                    reader.Read();
                    var at = (int)reader.TokenStartIndex;
                    _bound = PanelTargets.In(ref reader) is { } percent ? (percent, at) : _bound;
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("dashboard") && reader.CurrentDepth == 1)
                {
                    dashboardAt = 2;
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("panels") && panelsAt < 0)
                {
                    reader.Read();
                    panelsAt = reader.TokenType == JsonTokenType.StartArray ? reader.CurrentDepth : -1;
                }
                else if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("title"))
                {
                    TakeTitle(ref reader, panelsAt, dashboardAt);
                }
            }
        }

        private void Close()
        {
            if (_panel is not null && _bound is { } bound)
            {
                Targets.Add((_panel, bound.Percent, bound.At));
            }
        }

        private void TakeTitle(ref Utf8JsonReader reader, int panelsAt, int dashboardAt)
        {
            var depth = reader.CurrentDepth;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String || reader.GetString() is not { Length: > 0 } title)
            {
                return;
            }

            if (depth == dashboardAt)
            {
                Title = title;
                TitleAt = (int)reader.TokenStartIndex;
            }
            else if (panelsAt >= 0 && depth == panelsAt + 2)
            {
                _panel = title;
                if (PanelTitles.Count < MostPanels)
                {
                    PanelTitles.Add(title);
                }
            }
        }
    }
}
