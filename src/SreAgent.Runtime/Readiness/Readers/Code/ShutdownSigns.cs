using SreAgent.Core.Readiness;
using static SreAgent.Runtime.Readiness.Readers.Code.CodeLanguages;

namespace SreAgent.Runtime.Readiness.Readers.Code;

/// <summary>Ends in good order: a signal that is handled, a server that drains.</summary>
internal static class ShutdownSigns
{
    public static IReadOnlyList<CodeSign> All { get; } =
    [
        Signal("syscall.SIGTERM", ["go"]), Signal("unix.SIGTERM", ["go"]), Signal("os.Interrupt, ", ["go"]), Drain(".Shutdown(ctx", ["go"]),
        Drain(".Shutdown(shutdownCtx", ["go"]), Drain(".GracefulStop()", ["go"]), Signal("SetupSignalHandler(", ["go"]),
        Signal("process.on('SIGTERM'", Node), Signal("process.on(\"SIGTERM\"", Node), Signal("process.once('SIGTERM'", Node),
        Signal("process.once(\"SIGTERM\"", Node), Drain("enableShutdownHooks(", Node), Drain("createTerminus(", Node), Drain("gracefulShutdown(", Node),
        Signal("signal.signal(signal.SIGTERM", ["py"]), Signal("add_signal_handler(signal.SIGTERM", ["py"]), Drain("graceful_timeout", ["py"]),
        Drain("addShutdownHook(", Jvm), Drain("server.shutdown=graceful", ["properties"]),
        Drain("ApplicationStopping.Register(", ["cs"]), Drain("ShutdownTimeout =", ["cs"]),
        Signal("Signal.trap(\"TERM\"", ["rb"]), Signal("Signal.trap('TERM'", ["rb"]), Signal("trap(\"TERM\"", ["rb"]), Signal("trap 'TERM'", ["rb"]),
        Signal("trap \"TERM\"", ["rb"]), Drain("worker_shutdown_timeout", ["rb"]),
        Signal("SignalKind::terminate()", ["rs"]), Drain("with_graceful_shutdown(", ["rs"]), Drain("Plug.Cowboy.Drainer", ["ex", "exs"]),
    ];

    private static CodeSign Signal(string literal, string[] languages) => new(StatementKind.Shutdown, literal, languages, "signal handled", "The code handles the signal that asks it to end.", ("signal", "SIGTERM"));

    private static CodeSign Drain(string literal, string[] languages) => new(StatementKind.Shutdown, literal, languages, "graceful shutdown", "The code finishes what it is doing before it ends.", ("graceful", "true"));
}
