using System.Reflection;
using SreAgent.Core.Readiness;
using SreAgent.Host.Terminal;

namespace SreAgent.Host.Commands.Review;

/// <summary>Prints reviews as they come; a SARIF log, which holds all of them, at the end.</summary>
/// <param name="several">JSON is then one document a line, and pages stand apart.</param>
internal sealed class ReviewOutput(IConsoleIo console, ReviewFormat format, bool several)
{
    private readonly List<ReadinessReview> _logged = [];
    private bool _any;

    public void Write(ReviewedSubject reviewed)
    {
        if (several && _any && format is ReviewFormat.Page or ReviewFormat.Markdown)
        {
            console.Out.WriteLine();
        }

        _any = true;
        switch (format)
        {
            case ReviewFormat.Json when several:
                console.Out.WriteLine(JsonOutput.Line(ReviewDocument.Of(reviewed)));
                break;
            case ReviewFormat.Json:
                JsonOutput.Write(console, ReviewDocument.Of(reviewed));
                break;
            case ReviewFormat.Markdown:
                console.Out.Write(ReviewMarkdown.Of(reviewed));
                break;
            case ReviewFormat.Sarif:
                _logged.Add(reviewed.Review);
                break;
            default:
                new ReviewPage(console).Write(reviewed);
                break;
        }
    }

    public void End()
    {
        if (format == ReviewFormat.Sarif)
        {
            var version = typeof(ReviewOutput).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
            JsonOutput.Write(console, ReviewSarif.Of(_logged, version ?? "0"));
        }
    }
}
