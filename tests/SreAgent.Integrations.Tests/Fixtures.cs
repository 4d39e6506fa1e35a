using SreAgent.Testing.Servers;

[assembly: AssemblyFixture(typeof(RealPrometheus))]
[assembly: AssemblyFixture(typeof(RealAlertmanager))]
