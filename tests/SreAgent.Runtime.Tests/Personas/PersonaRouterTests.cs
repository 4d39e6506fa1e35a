using SreAgent.Core.Personas;
using SreAgent.Runtime.Personas;
using SreAgent.Testing;

namespace SreAgent.Runtime.Tests.Personas;

/// <summary>Over the personas that ship.</summary>
public class PersonaRouterTests
{
    private static readonly Persona[] Shipped =
    [
        .. Directory.EnumerateFiles(RepositoryRoot.Path("personas"), "*.md").Order(StringComparer.Ordinal).Select(path => PersonaParser.Read(path).Value!.Persona),
    ];

    private static readonly Persona Usual = Shipped.Single(persona => persona.Id == "sre");

    [Theory]
    [InlineData("Please do a production readiness review of checkout", "kai")]
    [InlineData("Which SLIs and SLOs should we be choosing and defining for checkout?", "sre-engineer")]
    [InlineData("An incident with several people in it needs somebody to lead", "sre-commander")]
    public void A_clear_request_goes_to_the_persona_whose_line_it_fits(string request, string persona) =>
        Assert.Equal(persona, PersonaRouter.Route(request, Shipped, Usual)?.Persona.Id);

    [Theory]
    [InlineData("hello")]
    [InlineData("")]
    [InlineData("what is firing?")]
    [InlineData("Roll back checkout and check that it is healthy afterwards")]
    [InlineData("what does the error rate of checkout look like over the last hour")]
    public void Everything_else_stays_with_the_usual_one(string request) => Assert.Null(PersonaRouter.Route(request, Shipped, Usual));

    [Fact]
    public void A_line_that_says_when_not_to_use_it_speaks_against_it()
    {
        var eager = Usual with { Id = "eager", WhenToUse = ["database tuning"], WhenNotToUse = ["Oracle database tuning"] };

        Assert.Null(PersonaRouter.Route("oracle database tuning, please", [eager, Usual], Usual));
        Assert.NotNull(PersonaRouter.Route("database tuning, please", [eager with { WhenNotToUse = [] }, Usual], Usual));
    }
}
