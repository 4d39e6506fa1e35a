using SreAgent.Core.Readiness;

namespace SreAgent.Core.Tests.Readiness.Findings;

public class FileOriginTests
{
    [Theory]
    [InlineData("deploy/app.yaml", FileOrigin.Own)]
    [InlineData("vendor/github.com/x/y.go", FileOrigin.ThirdParty)]
    [InlineData("web/node_modules/a/index.js", FileOrigin.ThirdParty)]
    [InlineData("charts/cart/values.yaml", FileOrigin.Own)]
    [InlineData("charts/cart/charts/redis/values.yaml", FileOrigin.ThirdParty)]
    [InlineData("examples/kubernetes/app.yaml", FileOrigin.Example)]
    [InlineData("doc/alertmanager-mixin/alerts.libsonnet", FileOrigin.Example)]
    [InlineData("config/testdata/good.yml", FileOrigin.Test)]
    [InlineData("src/Shop.Tests/appsettings.json", FileOrigin.Test)]
    [InlineData("cmd/main_test.go", FileOrigin.Test)]
    [InlineData("api/v1/a.pb.go", FileOrigin.Generated)]
    [InlineData("package-lock.json", FileOrigin.Generated)]
    [InlineData("specs/rollout.md", FileOrigin.Own)]
    [InlineData("latest/contest.go", FileOrigin.Own)]
    [InlineData("src/e2eTest/java/A.java", FileOrigin.Test)]
    [InlineData("cmd/keeper-test/run.sh", FileOrigin.Test)]
    [InlineData(".examples/compose.yaml", FileOrigin.Example)]
    [InlineData("config/app.example.yaml", FileOrigin.Example)]
    [InlineData("docs/example-rules.yml", FileOrigin.Example)]
    [InlineData("src/exampled.go", FileOrigin.Own)]
    [InlineData("dist/app.js", FileOrigin.Generated)]
    [InlineData("dist/openshift/alerts.yaml", FileOrigin.Own)]
    public void A_path_tells_whose_truth_it_is(string path, FileOrigin origin) => Assert.Equal(origin, FileOrigins.Of(path));
}
