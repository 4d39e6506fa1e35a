namespace SreAgent.Host;

/// <summary>What the command line decides before anything is composed.</summary>
/// <param name="Verb">The verb given, as a path: <c>changes approve</c>. <c>chat</c> when none was.</param>
/// <param name="Lab"><c>--lab</c> or <c>--no-lab</c>; absent when neither was given.</param>
public sealed record HostArguments(string Verb, bool? Lab);
