using SreAgent.Testing.Specs;

namespace SreAgent.Testing.Fly;

/// <summary>What Fly publishes of its Machines API, and where it is known to behave otherwise.</summary>
public static class FlyDescription
{
    private static readonly Lazy<ApiDescription> Published = new(() => ApiDescription.Load(RepositoryRoot.Path("tests", "specs", "fly", "machines-openapi3.json"), "/v1"));

    public static ApiDescription Machines => Published.Value;

    /// <summary>The simulator follows the behaviour and not the text in exactly these.</summary>
    public static KnownDeviation[] Deviations { get; } =
    [
        new("response 400 is not declared", "As the next."),
        new("response 401 is not declared", "The error statuses are mostly missing from the description; the documentation's table of response codes has them."),
        new("response 404 is not declared", "As 401."),
        new("response 408 is not declared", "As 401; waiting ends with it."),
        new("response 409 is not declared", "As 401; the vendor's staff name a lease of somebody else and a stale current_version as its causes."),
        new("response 412 is not declared", "As 401; only metadata declares it."),
        new("response 422 is not declared", "As 401."),
        new("response 429 is not declared", "As 401; the documentation's section on rate limits has it."),
        new("response 500 is not declared", "As 401."),
        new("response 503 is not declared", "As 401; a host that cannot be reached."),
        new("/lease: response 201*$.status is not declared", "Leases come in an envelope, {status, data}: the documentation's examples and the vendor's own client agree against the description."),
        new("/lease: response 201*$.data is not declared", "As above."),
        new("response 200 has a body, and the description declares none", "The documentation shows {\"ok\": true}, for a start the state before it, and for a lease given back the envelope."),
        new("/lease: response 200*$.status is not declared", "As above."),
        new("/lease: response 200*$.data is not declared", "As above."),
        new("/lease: query parameter ttl is not declared", "The vendor's command line sends the time to live in the query."),
        new("/lease: the request body is required and missing", "As above: without a body."),
        new("DELETE /apps/{app_name}/machines/{machine_id}: query parameter kill is not declared", "The vendor's command line says kill where the description says force."),
        new("GET /apps/{app_name}/machines: query parameter metadata.", "The documentation describes filtering by metadata."),
        new("GET /apps: query parameter org_slug is required and missing", "Sent on purpose, to be refused."),
    ];
}
