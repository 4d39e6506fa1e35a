namespace SreAgent.Lab.Fleet;

/// <summary>What was written before each image of the sample fleet was built.</summary>
internal static class LabHistory
{
    public static IReadOnlyList<LabHistoryEntry> Entries { get; } =
    [
        new(SampleServices.Checkout, "v41", TimeSpan.FromDays(9), "bruno", "Round totals half to even")
        {
            Files = Files(
                ("README.md", "# checkout\n\nTakes a cart, reserves its items with inventory and charges the card with payments.\n"),
                ("migrations/0042_create_carts.sql", "CREATE TABLE carts (id bigint PRIMARY KEY, total numeric NOT NULL);\n"),
                ("src/Cart/CartView.cs", "public sealed record CartView\n{\n    public required decimal Total { get; init; }\n}\n"),
                ("src/Checkout/PlaceOrder.cs", PlaceOrder("cart.Total")),
                ("src/Pricing/Totals.cs", "public static class Totals\n{\n    public static decimal Round(decimal total) => Math.Round(total, 2, MidpointRounding.ToEven);\n}\n")),
        },
        new(SampleServices.Checkout, "v42", TimeSpan.FromDays(2), "ada", "Show the delivery date in the cart")
        {
            Files = Files(("src/Cart/CartView.cs", "public sealed record CartView\n{\n    public required decimal Total { get; init; }\n\n    public DateOnly? Delivery { get; init; }\n}\n")),
        },
        new(SampleServices.Checkout, "v43", TimeSpan.FromMinutes(30), "ada", "Take discount codes at checkout\n\nThe new column is empty for carts made before this release.")
        {
            Files = Files(
                ("migrations/0043_add_discount_code.sql", "ALTER TABLE carts ADD COLUMN discount_code text NULL;\nCREATE INDEX carts_discount_code ON carts (discount_code);\n"),
                ("src/Checkout/PlaceOrder.cs", PlaceOrder("DiscountRule.Apply(cart)")),
                ("src/Pricing/DiscountRule.cs", "public static class DiscountRule\n{\n    public static decimal Apply(Cart cart) =>\n        cart.DiscountCode.EndsWith(\"10\") ? cart.Total * 0.9m : cart.Total;\n}\n")),
        },
        new(SampleServices.Checkout, "v44", TimeSpan.FromMinutes(20), "chi", "Ask the tax service for VAT")
        {
            Files = Files(("src/Tax/TaxClient.cs", "public sealed class TaxClient(Settings settings)\n    : Client(settings.Require(\"TAX_SERVICE_URL\"));\n")),
        },
        new(SampleServices.Checkout, "v45", TimeSpan.FromMinutes(10), "bruno", "Count abandoned carts")
        {
            IsGreen = false,
            Files = Files(("src/Cart/Abandoned.cs", "public sealed record Abandoned(int Carts);\n")),
        },
        new(SampleServices.Payments, "v16", TimeSpan.FromDays(20), "chi", "Name the card scheme in receipts")
        {
            Files = Files(("src/charge.py", "def charge(request):\n    return gateway.charge(request.card, request.amount)\n"), ("src/receipt.py", "def receipt(amount, scheme):\n    return f\"{amount} {scheme}\"\n")),
        },
        new(SampleServices.Payments, "v17", TimeSpan.FromDays(6), "chi", "Refuse charges of nothing")
        {
            Files = Files(("src/charge.py", "def charge(request):\n    if request.amount <= 0:\n        raise BadRequest(\"amount\")\n    return gateway.charge(request.card, request.amount)\n")),
        },
        new(SampleServices.Payments, "v18", TimeSpan.FromMinutes(30), "bruno", "Check every charge against the fraud list\n\nOne query a rule for now; there are 40 rules.")
        {
            Files = Files(
                ("src/charge.py", "def charge(request):\n    if request.amount <= 0:\n        raise BadRequest(\"amount\")\n    if suspicious(request, db):\n        raise Declined(\"fraud\")\n    return gateway.charge(request.card, request.amount)\n"),
                ("src/fraud.py", "def suspicious(charge, db):\n    return any(db.query_one(\"SELECT matches(%s, %s)\", rule.id, charge.card)\n               for rule in db.query(\"SELECT id FROM fraud_rules\"))\n")),
        },
        new(SampleServices.Inventory, "v29", TimeSpan.FromDays(30), "ada", "Reserve items in the order of their number")
        {
            Files = Files(("internal/reserve/order.go", "func order(items []Item) {\n\tsort.Slice(items, func(i, j int) bool { return items[i].ID < items[j].ID })\n}\n")),
        },
        new(SampleServices.Inventory, "v30", TimeSpan.FromDays(11), "ada", "Give back reservations after 15 minutes")
        {
            Files = Files(("internal/reserve/expire.go", "const expiry = 15 * time.Minute\n")),
        },
        new(SampleServices.Inventory, "v31", TimeSpan.FromMinutes(30), "chi", "Reserve the scarcest item first")
        {
            Files = Files(("internal/reserve/order.go", "func order(items []Item) {\n\tsort.Slice(items, func(i, j int) bool { return items[i].Left < items[j].Left })\n}\n")),
        },
        new(SampleServices.Recommendations, "v6", TimeSpan.FromDays(25), "bruno", "Rank by popularity")
        {
            Files = Files(("app/rank.ts", "import { popularity as score } from \"./popularity\";\nexport const rank = (items) => items.sort((a, b) => score(b) - score(a));\n")),
        },
        new(SampleServices.Recommendations, "v7", TimeSpan.FromDays(8), "bruno", "Remember the last ten looked at")
        {
            Files = Files(("app/history.ts", "export const kept = 10;\n")),
        },
        new(SampleServices.Recommendations, "v8", TimeSpan.FromMinutes(30), "ada", "Rank by embeddings")
        {
            Files = Files(("app/rank.ts", "import { similarity as score } from \"./embeddings\";\nexport const rank = (items) => items.sort((a, b) => score(b) - score(a));\n")),
        },
    ];

    private static string PlaceOrder(string total) =>
        $"public async Task PlaceAsync(Cart cart)\n{{\n    await inventory.ReserveAsync(cart.Items);\n    var total = {total};\n    await payments.ChargeAsync(cart.Id, total);\n}}\n";

    private static Dictionary<string, string?> Files(params (string Path, string Content)[] files) =>
        files.ToDictionary(file => file.Path, file => (string?)file.Content, StringComparer.Ordinal);
}

/// <param name="Age">How long before the practice world begins it was committed.</param>
internal sealed record LabHistoryEntry(string App, string Tag, TimeSpan Age, string Author, string Message)
{
    public bool IsGreen { get; init; } = true;

    public required IReadOnlyDictionary<string, string?> Files { get; init; }
}
