namespace SreAgent.Lab.Scenarios;

/// <summary>The scenarios there are.</summary>
public static class ScenarioCatalogue
{
    private const string Ci = "ci@lab.example";
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);

    /// <summary>In the order they are listed; the first is what a newcomer gets.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new(
            "bad-deploy", "Twenty seconds in, CI releases checkout, and people begin to complain that they cannot pay.",
            [new ScenarioEvent.Deploy(Quiet, "checkout", "v43", Ci)],
            new ScenarioAnswer(
                "checkout",
                "checkout v43: a quarter of its POST /checkout fail with 500 since the deploy (http_requests_total by version and code), a NullReferenceException in DiscountRule in its log; v42 had none.",
                "Roll checkout back to v42. The migration of v43 only adds a column, so v42 runs with it.")),
        new(
            "dependency-slow", "Checkout has become slow, though nobody has touched checkout.",
            [new ScenarioEvent.Deploy(Quiet, "payments", "v18", Ci)],
            new ScenarioAnswer(
                "payments",
                "payments v18: its answers take 0.75 s at the median instead of 0.04 s since its deploy (http_client_request_duration_seconds of checkout by peer), and some calls are given up on; inventory is as fast as before.",
                "Roll payments back to v17.")),
        new(
            "saturation", "A campaign brings many more people than usual, and some of their orders fail.",
            [new ScenarioEvent.Load(Quiet, "checkout", 60)],
            new ScenarioAnswer(
                "inventory",
                "inventory: all its workers are busy and its queue is full (worker_pool_busy, worker_pool_queue_depth), so it refuses with 503 since the traffic rose; nothing was deployed.",
                "Scale inventory to three or more machines.")),
        new(
            "noisy-neighbour", "Two releases within ten seconds: recommendations fills its log with warnings, and orders fail.",
            [new ScenarioEvent.Deploy(Quiet, "recommendations", "v8", Ci), new ScenarioEvent.Load(Quiet, "recommendations", 18), new ScenarioEvent.Deploy(Quiet + TimeSpan.FromSeconds(10), "inventory", "v31", Ci)],
            new ScenarioAnswer(
                "inventory",
                "inventory v31: three in ten reservations fail with a deadlock since its deploy, and checkout answers 502 (http_client_requests_total of checkout by peer and code). recommendations is loud, but checkout does not call it.",
                "Roll inventory back to v30. recommendations v8 deserves a look of its own, afterwards.")),
        new(
            "healthy", "Nothing happens; an answer that finds a fault here has made it up.",
            [],
            new ScenarioAnswer(Service: null, "Nothing is wrong: about one request in a thousand fails, as always.", "None.")),
    ];

    public static Scenario Default => All[0];

    public static Scenario? Find(string name) => All.FirstOrDefault(scenario => scenario.Name == name);
}
