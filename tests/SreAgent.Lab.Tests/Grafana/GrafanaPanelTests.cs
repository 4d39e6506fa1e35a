using System.Buffers.Binary;
using System.IO.Compression;
using SreAgent.Lab.Grafana;
using SreAgent.Testing.Servers;

[assembly: AssemblyFixture(typeof(RealPrometheus))]

namespace SreAgent.Lab.Tests.Grafana;

/// <summary>What shows the real Prometheus behind the simulator.</summary>
public class GrafanaPanelTests(RealPrometheus prometheus)
{
    private static DateTimeOffset End => RealPrometheus.HistoryEnd;

    [Fact]
    public async Task The_proxy_answers_as_the_real_one_does()
    {
        await using var lab = await StartAsync();
        var at = End.ToUnixTimeSeconds();

        var got = await lab.GetAsync($"api/datasources/proxy/uid/prometheus/api/v1/query?query=demo_depth%7Bservice%3D%22checkout%22%7D&time={at}");
        using var form = new FormUrlEncodedContent([new("query", "sum(fleet_load)"), new("time", $"{at}")]);
        var posted = await lab.SendAsync(HttpMethod.Post, "api/datasources/proxy/uid/prometheus/api/v1/query", form);
        var wrong = await lab.GetAsync("api/datasources/proxy/uid/prometheus/api/v1/query?query=sum(");

        Assert.Equal(("480", "465"), (got["data.result.0.value.1"], posted["data.result.0.value.1"]));
        Assert.Equal((400, "bad_data"), (wrong.Status, wrong["errorType"]));
    }

    [Theory]
    [InlineData("POST", "api/v1/admin/tsdb/delete_series")]
    [InlineData("POST", "-/reload")]
    [InlineData("DELETE", "api/v1/query")]
    public async Task The_proxy_lets_no_change_through(string method, string path)
    {
        await using var lab = await StartAsync();

        var refused = await lab.SendAsync(new HttpMethod(method), $"api/datasources/proxy/uid/prometheus/{path}");

        Assert.Equal((403, $"non allow-listed {method}s not allowed on proxied Prometheus datasource"), (refused.Status, refused["message"]));
    }

    [Fact]
    public async Task Dashboards_are_found_and_read()
    {
        await using var lab = await StartAsync();

        var all = await lab.GetAsync("api/search?type=dash-db");
        var tagged = await lab.GetAsync("api/search?tag=checkout&tag=service");
        var dashboard = await lab.GetAsync("api/dashboards/uid/checkout");

        Assert.Equal(["Checkout service", "Fleet"], all.Each("title"));
        Assert.Equal(["checkout"], tagged.Each("uid"));
        Assert.Equal(("Services", "demo_depth{service=\"$service\"}", "checkout"), (dashboard["meta.folderTitle"], dashboard["dashboard.panels.0.targets.0.expr"], dashboard["dashboard.templating.list.0.current.value"]));
        Assert.Equal(["Services"], (await lab.GetAsync("api/folders")).Each("title"));
        Assert.Equal((404, "Dashboard not found"), ((await lab.GetAsync("api/dashboards/uid/none")).Status, (await lab.GetAsync("api/dashboards/uid/none"))["message"]));
    }

    [Fact]
    public async Task A_query_yields_a_frame_a_series()
    {
        await using var lab = await StartAsync();

        var answer = await lab.PostAsync("api/ds/query", new
        {
            from = $"{End.AddMinutes(-10).ToUnixTimeMilliseconds()}",
            to = "now",
            queries = new[] { new { refId = "A", datasource = new { uid = "prometheus" }, expr = "demo_depth{service=\"checkout\"}" }, new { refId = "B", datasource = new { uid = "prometheus" }, expr = "sum(" } },
        });

        Assert.Equal((207, "200", "400"), (answer.Status, answer["results.A.status"], answer["results.B.status"]));
        Assert.Equal("checkout", answer["results.A.frames.0.schema.fields.1.labels.service"]);
        Assert.Equal(480, answer.Json.GetProperty("results").GetProperty("A").GetProperty("frames")[0].GetProperty("data").GetProperty("values")[1].EnumerateArray().Last().GetDouble());
    }

    [Fact]
    public async Task Rules_fire_for_what_their_expression_yields()
    {
        await using var lab = await StartAsync();

        var firing = await lab.GetAsync("api/prometheus/grafana/api/v1/rules");
        lab.Clock.Set(RealPrometheus.HistoryStart.AddMinutes(5));
        var quiet = await lab.GetAsync("api/prometheus/grafana/api/v1/rules");

        Assert.Equal(("firing", "Alerting", "checkout"), (firing["data.groups.0.rules.0.state"], firing["data.groups.0.rules.0.alerts.0.state"], firing["data.groups.0.rules.0.alerts.0.labels.service"]));
        Assert.Equal(("error", "inactive"), (firing["data.groups.0.rules.1.health"], quiet["data.groups.0.rules.0.state"]));
    }

    [Fact]
    public async Task A_panel_is_drawn_as_a_png_whose_shape_is_true()
    {
        await using var lab = await StartAsync();
        var range = $"from={End.AddHours(-1).ToUnixTimeMilliseconds()}&to={End.ToUnixTimeMilliseconds()}";

        var picture = await lab.GetAsync($"render/d-solo/checkout/slug?panelId=1&width=120&height=60&{range}");

        Assert.Equal((200, "image/png"), (picture.Status, picture.Type));
        var (width, height, rows) = Decode(picture.Bytes);
        Assert.Equal((120, 60), (width, height));

        // It climbs, so its line is lower (a larger row) on the left than on the right.
        Assert.True(LineAt(rows, 20) > LineAt(rows, 100), "The climbing series is not drawn climbing.");
        Assert.Equal(404, (await lab.GetAsync($"render/d-solo/checkout?panelId=99&{range}")).Status);
    }

    [Fact]
    public async Task A_missing_renderer_answers_200_with_a_picture_of_its_own_and_a_failing_one_500()
    {
        await using var lab = await StartAsync();

        lab.Simulator.Renderer = GrafanaRenderer.Missing;
        var missing = await lab.GetAsync("render/d-solo/checkout?panelId=1&width=120&height=60");
        lab.Simulator.Renderer = GrafanaRenderer.Fails;
        var failing = await lab.GetAsync("render/d-solo/checkout?panelId=1");

        Assert.Equal((200, "image/png", 300), (missing.Status, missing.Type, Decode(missing.Bytes).Width));
        Assert.Equal((500, "Rendering failed."), (failing.Status, failing["message"]));
    }

    [Fact]
    public async Task A_data_source_that_is_down_is_a_bad_gateway()
    {
        await using var lab = await GrafanaLab.StartAsync(new Uri("http://127.0.0.1:9/"), End);

        Assert.Equal(502, (await lab.GetAsync("api/datasources/proxy/uid/prometheus/api/v1/query?query=up")).Status);
    }

    private async Task<GrafanaLab> StartAsync() => await GrafanaLab.StartAsync((await prometheus.ServerAsync()).Address, End);

    private static int LineAt(byte[][] rows, int x) => Array.FindIndex(rows, row => row[x] >= 2);

    /// <summary>Reads the picture with the framework's own zlib: signature, size, and the rows of pixels.</summary>
    private static (int Width, int Height, byte[][] Rows) Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], png[..8]);
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        var packed = new MemoryStream();
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
            {
                packed.Write(png, at + 8, length);
            }

            at += length + 12;
        }

        packed.Position = 0;
        using var zlib = new ZLibStream(packed, CompressionMode.Decompress);
        var rows = new byte[height][];
        for (var row = 0; row < height; row++)
        {
            Assert.Equal(0, zlib.ReadByte());
            zlib.ReadExactly(rows[row] = new byte[width]);
        }

        return (width, height, rows);
    }
}
