using System.Net;
using System.Text;
using SreAgent.Testing.Http;
using SreAgent.Testing.Specs;

namespace SreAgent.Lab.Tests.Specs;

public class RecordingHandlerTests
{
    private static readonly ApiDescription Echo = ApiDescription.Parse(Encoding.UTF8.GetBytes(
        """
        { "openapi": "3.0.3", "paths": { "/echo": { "post": {
            "parameters": [{ "name": "q", "in": "query", "schema": { "type": "string" } }],
            "requestBody": { "content": { "application/json": { "schema": { "type": "integer" } } } },
            "responses": { "200": { "content": { "application/json": { "schema": { "type": "integer" } } } } } } } } }
        """));

    [Fact]
    public async Task It_sees_what_goes_both_ways_and_takes_nothing_away()
    {
        using var stub = new StubHandler().On(HttpMethod.Post, "/echo", StubHandler.Json("7"));
        using var recording = new RecordingHandler(Echo) { InnerHandler = stub };

        var answer = await SendAsync(recording, "?q=a%20b+c", "5");

        Assert.Equal("7", answer);
        Assert.Equal("5", Assert.Single(stub.Asked).Body);
        Assert.Equal("a b c", Assert.Single(Assert.Single(recording.Exchanges).Query).Value);
        recording.AssertFaithful();
    }

    [Fact]
    public async Task A_known_deviation_is_excused_and_one_that_never_happens_is_told()
    {
        KnownDeviation teapot = new("POST /echo: response 418 is not declared", "The vendor's joke."), never = new("response 5* is not declared", "Rare.");
        using var stub = new StubHandler().On(HttpMethod.Post, "/echo", StubHandler.Json("7", (HttpStatusCode)418));
        using var recording = new RecordingHandler(Echo, teapot, never) { InnerHandler = stub };

        await SendAsync(recording, "", "5");

        recording.AssertFaithful();
        Assert.Equal([never], recording.UnusedDeviations);
    }

    [Fact]
    public async Task Any_other_departure_fails_the_test_and_says_what_it_was()
    {
        using var stub = new StubHandler().On(HttpMethod.Post, "/echo", StubHandler.Json("\"seven\""));
        using var recording = new RecordingHandler(Echo, new KnownDeviation("response 418", "Another.")) { InnerHandler = stub };

        await SendAsync(recording, "", "\"five\"");

        Assert.Equal(["POST /echo: request body: $ is string, wanted is integer", "POST /echo: response 200: $ is string, wanted is integer"], recording.Problems);
        Assert.ThrowsAny<Exception>(recording.AssertFaithful);
    }

    [Fact]
    public void Nothing_exchanged_proves_nothing()
    {
        using var recording = new RecordingHandler(Echo);

        Assert.ThrowsAny<Exception>(recording.AssertFaithful);
    }

    private static async Task<string> SendAsync(RecordingHandler recording, string query, string body)
    {
        using var client = new HttpMessageInvoker(recording, disposeHandler: false);
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://echo.test/echo{query}") { Content = content };
        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
