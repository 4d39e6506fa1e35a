using System.Text;
using System.Text.Json;
using SreAgent.Core.Readiness;

namespace SreAgent.Runtime.Readiness.Readers.Grafana;

/// <summary>Grafana dashboards: title, and the titles of panels.</summary>
internal sealed class DashboardReader : IStatementReader
{
    private const int MostPanels = 12;

    private static readonly LiteralScreen Panels = new("\"panels\"", "\"rows\"");

    public bool Reads(SourceEntry file) =>
        file.Path.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
        && (file.Path.Contains("dashboard", StringComparison.OrdinalIgnoreCase) || file.Path.Contains("grafana", StringComparison.OrdinalIgnoreCase) || file.Path.Contains("monitoring", StringComparison.OrdinalIgnoreCase) || file.Path.Contains("observability", StringComparison.OrdinalIgnoreCase))
        && FileOrigins.Of(file.Path) == FileOrigin.Own;

    public bool MayState(ReadOnlySpan<byte> content) => Panels.Occurs(content);

    public IEnumerable<Statement> Read(SourceText text)
    {
        var bytes = Encoding.UTF8.GetBytes(text.Text);
        var dashboard = new Outline();
        try
        {
            dashboard.Read(bytes);
        }
        catch (JsonException)
        {
            // Cut off or no JSON: what was seen before it broke off stands.
        }

        if (dashboard.Title is not { Length: > 0 } title || dashboard.Panels == 0)
        {
            return [];
        }

        var line = 1 + bytes.AsSpan(0, dashboard.TitleAt).Count((byte)'\n');
        return
        [
            text.State(StatementKind.Dashboard, "dashboard", line, line,
                $"Dashboard '{title}' shows {dashboard.Panels} panel{(dashboard.Panels == 1 ? "" : "s")}: {string.Join("; ", dashboard.PanelTitles)}.",
                ("title", title), ("panels", dashboard.Panels.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("shows", string.Join("; ", dashboard.PanelTitles))),
        ];
    }

    private sealed class Outline
    {
        public string? Title { get; private set; }

        public int TitleAt { get; private set; }

        public int Panels { get; private set; }

        public List<string> PanelTitles { get; } = [];

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
            else if (panelsAt >= 0 && depth == panelsAt + 2 && PanelTitles.Count < MostPanels)
            {
                PanelTitles.Add(title);
            }
        }
    }
}
