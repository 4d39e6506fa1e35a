namespace SreAgent.Host.Commands.Doctor;

internal sealed class DelegateCheck(string name, Func<CancellationToken, Task<DoctorFinding>> check) : IDoctorCheck
{
    public string Name => name;

    public Task<DoctorFinding> CheckAsync(CancellationToken cancellationToken) => check(cancellationToken);
}
