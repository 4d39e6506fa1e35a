namespace SreAgent.Lab.Fleet;

/// <summary>Every image of the practice world, application by application, oldest first. Dates lie before the moment it is made for.</summary>
public sealed class LabImages
{
    private const string Ada = "Ada Park <ada@practice.example>";
    private const string Bruno = "Bruno Maia <bruno@practice.example>";
    private const string Chi = "Chi Okafor <chi@practice.example>";

    private readonly DateTimeOffset _since;
    private readonly List<LabBuild> _all = [];

    /// <param name="since">When the practice world begins.</param>
    public LabImages(DateTimeOffset since)
    {
        _since = since;
        AddCheckout();
        AddPayments();
        AddInventory();
        AddRecommendations();
    }

    public IReadOnlyList<LabBuild> All => _all;

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<LabBuild> Of(string app) => [.. _all.Where(build => build.Image.App == app)];

    public LabImage? Find(string app, string tag) => _all.Find(build => build.Image.App == app && build.Image.Tag == tag)?.Image;

    private void AddCheckout()
    {
        Add(SampleServices.Checkout, "v41", days: 9, Bruno, "Round totals half to even", new LabChangedFile(
            "src/Pricing/Totals.cs", "modified", "@@ -18,3 +18,3 @@ public static class Totals\n     public static decimal Round(decimal total) =>\n-        Math.Round(total, 2, MidpointRounding.AwayFromZero);\n+        Math.Round(total, 2, MidpointRounding.ToEven);\n"));
        Add(SampleServices.Checkout, "v42", days: 2, Ada, "Show the delivery date in the cart", new LabChangedFile(
            "src/Cart/CartView.cs", "modified", "@@ -31,2 +31,3 @@ public sealed record CartView\n     public required decimal Total { get; init; }\n+    public DateOnly? Delivery { get; init; }\n"));
        Add(SampleServices.Checkout, "v43", days: 0.02, Ada, "Take discount codes at checkout\n\nThe new column is empty for carts made before this release.",
            new LabChangedFile("migrations/0043_add_discount_code.sql", "added", "@@ -0,0 +1,2 @@\n+ALTER TABLE carts ADD COLUMN discount_code text NULL;\n+CREATE INDEX carts_discount_code ON carts (discount_code);\n"),
            new LabChangedFile("src/Pricing/DiscountRule.cs", "added", "@@ -0,0 +1,5 @@\n+public static class DiscountRule\n+{\n+    public static decimal Apply(Cart cart) =>\n+        cart.DiscountCode.EndsWith(\"10\") ? cart.Total * 0.9m : cart.Total;\n+}\n"),
            new LabChangedFile("src/Checkout/PlaceOrder.cs", "modified", "@@ -52,3 +52,3 @@ public sealed class PlaceOrder\n-        var total = cart.Total;\n+        var total = DiscountRule.Apply(cart);\n         await payments.ChargeAsync(cart.Id, total);\n"));
        Add(SampleServices.Checkout, "v44", days: 0.015, Chi, "Ask the tax service for VAT", new LabChangedFile(
            "src/Tax/TaxClient.cs", "added", "@@ -0,0 +1,2 @@\n+public sealed class TaxClient(Settings settings)\n+    : Client(settings.Require(\"TAX_SERVICE_URL\"));\n"));
        Add(SampleServices.Checkout, "v45", days: 0.01, Bruno, green: false, "Count abandoned carts", new LabChangedFile(
            "src/Cart/Abandoned.cs", "added", "@@ -0,0 +1,1 @@\n+public sealed record Abandoned(int Carts);\n"));
    }

    private void AddPayments()
    {
        Add(SampleServices.Payments, "v16", days: 20, Chi, "Name the card scheme in receipts", new LabChangedFile(
            "src/receipt.py", "modified", "@@ -9,1 +9,1 @@\n-    return f\"{amount}\"\n+    return f\"{amount} {scheme}\"\n"));
        Add(SampleServices.Payments, "v17", days: 6, Chi, "Refuse charges of nothing", new LabChangedFile(
            "src/charge.py", "modified", "@@ -22,1 +22,3 @@ def charge(request):\n+    if request.amount <= 0:\n+        raise BadRequest(\"amount\")\n"));
        Add(SampleServices.Payments, "v18", days: 0.02, Bruno, "Check every charge against the fraud list\n\nOne query a rule for now; there are 40 rules.", new LabChangedFile(
            "src/fraud.py", "added", "@@ -0,0 +1,3 @@\n+def suspicious(charge, db):\n+    return any(db.query_one(\"SELECT matches(%s, %s)\", rule.id, charge.card)\n+               for rule in db.query(\"SELECT id FROM fraud_rules\"))\n"));
    }

    private void AddInventory()
    {
        Add(SampleServices.Inventory, "v29", days: 30, Ada, "Log the warehouse of a reservation", new LabChangedFile(
            "internal/reserve/log.go", "modified", "@@ -4,1 +4,1 @@\n-\tlog.Printf(\"reserved %s\", item)\n+\tlog.Printf(\"reserved %s in %s\", item, warehouse)\n"));
        Add(SampleServices.Inventory, "v30", days: 11, Ada, "Give back reservations after 15 minutes", new LabChangedFile(
            "internal/reserve/expire.go", "added", "@@ -0,0 +1,1 @@\n+const expiry = 15 * time.Minute\n"));
        Add(SampleServices.Inventory, "v31", days: 0.02, Chi, "Reserve the scarcest item first", new LabChangedFile(
            "internal/reserve/order.go", "modified", "@@ -14,1 +14,1 @@ func order(items []Item) {\n-\tsort.Slice(items, func(i, j int) bool { return items[i].ID < items[j].ID })\n+\tsort.Slice(items, func(i, j int) bool { return items[i].Left < items[j].Left })\n"));
    }

    private void AddRecommendations()
    {
        Add(SampleServices.Recommendations, "v6", days: 25, Bruno, "Leave out items that are sold out", new LabChangedFile(
            "app/filter.ts", "modified", "@@ -3,1 +3,1 @@\n-  return items;\n+  return items.filter((item) => item.left > 0);\n"));
        Add(SampleServices.Recommendations, "v7", days: 8, Bruno, "Remember the last ten looked at", new LabChangedFile(
            "app/history.ts", "modified", "@@ -7,1 +7,1 @@\n-const kept = 5;\n+const kept = 10;\n"));
        Add(SampleServices.Recommendations, "v8", days: 0.02, Ada, "Rank by embeddings", new LabChangedFile(
            "app/rank.ts", "modified", "@@ -1,2 +1,2 @@\n-import { popularity as score } from \"./popularity\";\n+import { similarity as score } from \"./embeddings\";\n"));
    }

    private void Add(string app, string tag, double days, string author, string message, params LabChangedFile[] files) =>
        Add(app, tag, days, author, green: true, message, files);

    private void Add(string app, string tag, double days, string author, bool green, string message, params LabChangedFile[] files)
    {
        var date = _since.AddDays(-days);
        var commit = new LabCommit(LabCommit.IdOf(app, tag), author, date, message, files);
        _all.Add(new LabBuild(LabImage.Build(app, tag, commit.Id, date.AddMinutes(4)), commit, green));
    }
}
