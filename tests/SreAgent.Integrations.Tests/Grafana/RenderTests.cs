using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using SreAgent.Core.Tools;
using SreAgent.Integrations.Grafana;
using SreAgent.Testing.Http;
using static SreAgent.Integrations.Tests.Grafana.DashboardBuilder;
using static SreAgent.Testing.Http.StubHandler;

namespace SreAgent.Integrations.Tests.Grafana;

/// <summary>A panel as a picture, and the many ways Grafana has of not drawing one.</summary>
public sealed class RenderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("panels").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_picture_is_measured_and_linked()
    {
        var stub = Drawing(Image(Png(1000, 500)));
        using var wired = GrafanaWired.Over(stub);

        var found = Assert.IsType<ToolResult.Found>(await wired.Tools.RenderPanelAsync("shop", 2, "now-2h", variables: ["job=web"], cancellationToken: Token));

        var image = Assert.IsType<PanelImageResult>(found.Data);
        Assert.Equal((1000, 500, 40, null), (image.Width, image.Height, image.Bytes, image.SavedTo));
        Assert.Equal(64, image.Sha256.Length);
        Assert.Contains("/d/shop?viewPanel=2&from=", found.Evidence.Link!.AbsoluteUri, StringComparison.Ordinal);
        var asked = stub.Asked[^1];
        Assert.Equal("?panelId=2&width=1000&height=500&from=1795168800000&to=1795176000000&tz=UTC&var-job=web", asked.Query);
        Assert.Contains("Accept: image/png", asked.Headers, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_picture_is_kept_where_a_folder_is_given()
    {
        using var wired = GrafanaWired.Over(Drawing(Image(Png(1000, 500))), null, ("ImageFolder", Path.Combine(_folder, "new")));

        var found = Assert.IsType<ToolResult.Found>(await wired.Tools.RenderPanelAsync("shop", 2, cancellationToken: Token));

        var image = Assert.IsType<PanelImageResult>(found.Data);
        Assert.StartsWith($"shop-2-{image.Sha256[..16]}", Path.GetFileName(image.SavedTo), StringComparison.Ordinal);
        Assert.Equal(Png(1000, 500), await File.ReadAllBytesAsync(image.SavedTo!, Token));
    }

    [Fact]
    public async Task A_picture_of_another_size_is_the_one_that_says_it_cannot_draw()
    {
        using var wired = GrafanaWired.Over(Drawing(Image(Png(800, 400))), null, ("ImageFolder", _folder));

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Tools.RenderPanelAsync("shop", 2, cancellationToken: Token));

        Assert.Contains("a picture of 800x400 where 1000x500 was asked", fault.Message, StringComparison.Ordinal);
        Assert.Contains("grafana-image-renderer", fault.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task What_is_no_picture_is_never_taken_for_one()
    {
        await RefusedAsync(Image("GIF89a, and then enough bytes to be a header"u8.ToArray()), "image/png that is not a PNG");
        await RefusedAsync(Image(Png(1000, 500), "application/octet-stream"), "application/octet-stream that is not a PNG");
        await RefusedAsync(Image(Png(1000, 500)[..20]), "that is not a PNG");
        await RefusedAsync(Image([.. Png(1000, 500), .. new byte[11 << 20]]), "larger than 10 MB");
        await RefusedAsync(Body("<html><title>Grafana</title>", "text/html", HttpStatusCode.OK), "web page titled 'Grafana'");
    }

    [Fact]
    public async Task A_missing_renderer_is_named()
    {
        await RefusedAsync(Json("""{"message":"Rendering failed.","traceID":"abc"}""", HttpStatusCode.InternalServerError), "its image renderer is missing or failed");
        await RefusedAsync(Body("404 page not found", "text/plain", HttpStatusCode.NotFound), "cannot draw panels (404)");
        await RefusedAsync(Json("""{"message":"No image renderer available/installed"}""", HttpStatusCode.BadRequest), "(400: No image renderer available/installed)");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task RefusedAsync(Func<HttpResponseMessage> reply, string sentence)
    {
        using var wired = GrafanaWired.Over(Drawing(reply));

        var fault = await Assert.ThrowsAsync<ToolException>(() => wired.Tools.RenderPanelAsync("shop", 2, cancellationToken: Token));

        Assert.Contains(sentence, fault.Message, StringComparison.Ordinal);
    }

    private static StubHandler Drawing(Func<HttpResponseMessage> reply) => new StubHandler()
        .On(HttpMethod.Get, "/g/api/dashboards/uid/shop", Json(new DashboardBuilder().Variable("job", "api").Panel(2, "Errors", Query("up")).Answer))
        .On(HttpMethod.Get, "/g/render/d-solo/shop", reply);

    private static Func<HttpResponseMessage> Image(byte[] bytes, string mediaType = "image/png") => () =>
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return new HttpResponseMessage(HttpStatusCode.OK) { Content = content };
    };

    /// <summary>Its signature and header; nobody here looks at the pixels.</summary>
    private static byte[] Png(int width, int height)
    {
        var png = new byte[40];
        new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52 }.CopyTo(png, 0);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(16), width);
        BinaryPrimitives.WriteInt32BigEndian(png.AsSpan(20), height);
        return png;
    }
}
