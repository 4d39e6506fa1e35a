using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SreAgent.Lab.Fly.State;

namespace SreAgent.Lab.Fly.Http;

/// <summary>Start, stop, restart, suspend, cordon, signal and destroy.</summary>
internal sealed class PowerEndpoints(FlyGate gate, MachinePower power)
{
    private static readonly string[] StopSignals = ["SIGHUP", "SIGINT", "SIGQUIT", "SIGKILL", "SIGUSR1", "SIGUSR2", "SIGTERM"];

    private static readonly string[] Signals =
        ["SIGABRT", "SIGALRM", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGSEGV", "SIGTERM", "SIGTRAP", "SIGUSR1", "SIGUSR2"];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(At("start"), gate.Machines("start machine", (context, caller) =>
        {
            var before = power.Start(App(context), Machine(context), Nonce(context), caller);
            return FlyBodies.WriteAsync(context, new JsonObject { ["previous_state"] = before, ["migrated"] = false, ["new_host"] = "" });
        }));
        routes.MapPost(At("stop"), gate.Machines("stop machine", async (context, caller) =>
        {
            EnsureKnown(FlyBodies.Text(await FlyBodies.ReadAsync(context), "signal"), StopSignals);
            power.Stop(App(context), Machine(context), Nonce(context), caller);
            await FlyBodies.OkAsync(context);
        }));
        routes.MapPost(At("restart"), gate.Machines("restart machine", (context, caller) =>
        {
            EnsureKnown(context.Request.Query["signal"], StopSignals);
            power.Restart(App(context), Machine(context), Nonce(context), caller);
            return FlyBodies.OkAsync(context);
        }));
        routes.MapPost(At("suspend"), gate.Machines("suspend machine", (context, caller) =>
        {
            power.Suspend(App(context), Machine(context), Nonce(context), caller);
            return FlyBodies.OkAsync(context);
        }));
        routes.MapPost(At("signal"), gate.Machines("signal machine", async (context, caller) =>
        {
            var signal = FlyBodies.Text(await FlyBodies.ReadAsync(context), "signal") ?? throw FlyRefusalException.Invalid("signal is required");
            EnsureKnown(signal, Signals);
            power.Signal(App(context), Machine(context), signal, Nonce(context), caller);
            await FlyBodies.OkAsync(context);
        }));
        foreach (var (verb, isCordoned) in new[] { ("cordon", true), ("uncordon", false) })
        {
            routes.MapPost(At(verb), gate.Machines($"{verb} machine", (context, caller) =>
            {
                power.Cordon(App(context), Machine(context), isCordoned, Nonce(context), caller);
                return FlyBodies.OkAsync(context);
            }));
        }

        routes.MapDelete("/v1/apps/{app}/machines/{machine}", gate.Machines("delete machine", (context, caller) =>
        {
            // The description says force; the vendor's own client says kill.
            power.Destroy(App(context), Machine(context), FlyBodies.Flag(context, "force") || FlyBodies.Flag(context, "kill"), Nonce(context), caller);
            return FlyBodies.OkAsync(context);
        }));
    }

    private static string At(string verb) => $"/v1/apps/{{app}}/machines/{{machine}}/{verb}";

    private static void EnsureKnown(string? signal, string[] known)
    {
        if (signal is { Length: > 0 } && !known.Contains(signal, StringComparer.Ordinal))
        {
            throw FlyRefusalException.Invalid($"signal {signal} is not known");
        }
    }

    private static string App(HttpContext context) => FlyBodies.Route(context, "app");

    private static string Machine(HttpContext context) => FlyBodies.Route(context, "machine");

    private static string? Nonce(HttpContext context) => context.Request.Headers[MachineEndpoints.LeaseNonce];
}
