using SreAgent.Core.Readiness;
using SreAgent.Core.Readiness.PullRequests;

namespace SreAgent.Core.Tests.Readiness.PullRequests;

public class DependencyManifestTests
{
    [Theory]
    [InlineData("package.json", """{"dependencies":{"express":"4"},"devDependencies":{"jest":"1"}}""", "express")]
    [InlineData("package.json", "not json", "")]
    [InlineData("requirements.txt", "# web\nDjango==5.0\nrequests[socks]>=2\n-r other.txt\n", "Django,requests")]
    [InlineData("go.mod", "module example.org/x\n\nrequire (\n\tgithub.com/lib/pq v1.10.9\n\tgolang.org/x/net v0.1.0 // indirect\n)\n", "github.com/lib/pq")]
    [InlineData("Cargo.toml", "[package]\nname = \"x\"\n[dependencies]\nserde = \"1\"\ntokio = { version = \"1\" }\n[dev-dependencies]\nproptest = \"1\"\n", "serde,tokio")]
    [InlineData("pyproject.toml", "[project]\ndependencies = [\n  \"httpx>=0.27\",\n  'uvloop',\n]\n[tool.poetry.dependencies]\npython = \"^3.12\"\nrich = \"13\"\n", "httpx,uvloop,rich")]
    [InlineData("src/App/App.csproj", """<Project><ItemGroup><PackageReference Include="Polly.Core" /></ItemGroup></Project>""", "Polly.Core")]
    [InlineData("pom.xml", "<dependency>\n <groupId>org.x</groupId>\n <artifactId>lib</artifactId>\n</dependency>", "lib")]
    [InlineData("build.gradle.kts", "implementation(\"io.ktor:ktor-server:2.3\")\ntestImplementation(\"junit:junit:4\")", "io.ktor:ktor-server")]
    [InlineData("Gemfile", "source 'https://rubygems.org'\ngem 'rails', '~> 7'\n", "rails")]
    [InlineData("composer.json", """{"require":{"monolog/monolog":"3"}}""", "monolog/monolog")]
    [InlineData("src/app.cs", "PackageReference Include=\"x\"", "")]
    public void The_libraries_a_manifest_names_for_running(string path, string text, string names) =>
        Assert.Equal(names, string.Join(',', DependencyManifest.Names(new SourceText(path, text))));

    [Fact]
    public void A_lock_file_is_no_manifest()
    {
        Assert.True(DependencyManifest.IsLock("web/package-lock.json"));
        Assert.False(DependencyManifest.IsManifest("web/package-lock.json"));
        Assert.Empty(DependencyManifest.Names(manifest: null));
    }
}
