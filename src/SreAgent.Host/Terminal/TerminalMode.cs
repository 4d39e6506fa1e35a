using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace SreAgent.Host.Terminal;

/// <summary>
/// Switches a terminal between lines and single keys. The settings are carried as the C library's opaque bytes, so that one code serves
/// every libc; only the output flags are looked into, to keep line feeds returning the carriage.
/// </summary>
internal static partial class TerminalMode
{
    // Larger than struct termios of any libc we run on (60 bytes on Linux, 72 on macOS).
    private const int Size = 256;
    private const int AfterOutput = 1;

    /// <returns>The settings to go back to.</returns>
    /// <exception cref="IOException">The device is no terminal, or does not let itself be set.</exception>
    public static byte[] SingleKeys(SafeFileHandle device)
    {
        var cooked = new byte[Size];
        Check(GetAttributes(device, cooked), "read");
        var raw = (byte[])cooked.Clone();
        MakeRaw(raw);

        // c_oflag: the second member, 4 bytes each on Linux, 8 on macOS.
        var width = OperatingSystem.IsMacOS() ? 8 : 4;
        cooked.AsSpan(width, width).CopyTo(raw.AsSpan(width, width));
        Set(device, raw);
        return cooked;
    }

    public static void Set(SafeFileHandle device, byte[] settings) => Check(SetAttributes(device, AfterOutput, settings), "change");

    private static void Check(int status, string what)
    {
        if (status != 0)
        {
            throw new IOException($"Could not {what} the terminal's settings (error {Marshal.GetLastPInvokeError()}).");
        }
    }

    [LibraryImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
    private static partial int GetAttributes(SafeFileHandle device, [Out] byte[] settings);

    [LibraryImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
    private static partial int SetAttributes(SafeFileHandle device, int when, byte[] settings);

    [LibraryImport("libc", EntryPoint = "cfmakeraw")]
    private static partial void MakeRaw([In, Out] byte[] settings);
}
