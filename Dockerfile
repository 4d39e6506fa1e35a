# syntax=docker/dockerfile:1
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY global.json nuget.config Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY src/ src/
COPY personas/ personas/
COPY skills/ skills/
COPY prompts/ prompts/
COPY appsettings.json ./
RUN dotnet publish src/SreAgent.Host -c Release -o /app --os linux -p:PublishReadyToRun=true --self-contained false

# The practice world serves HTTP, so the program needs the ASP.NET Core framework beside the base one.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
# git for the worktree tools, with what it needs for https and ssh remotes. flyctl and Prometheus are not in: deploys go through the
# Machines API, and the practice world runs without metrics.
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates git libsqlite3-0 openssh-client \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /app .
# Everything the program writes goes to one volume; the root file system can be mounted read-only.
ENV XDG_STATE_HOME=/state \
    XDG_CACHE_HOME=/state/cache \
    XDG_CONFIG_HOME=/config \
    DOTNET_EnableDiagnostics=0
RUN install -d -o app -g app /state
VOLUME /state
USER app
HEALTHCHECK --interval=30s --timeout=10s CMD ["/app/sre-agent", "doctor", "--json"]
ENTRYPOINT ["/app/sre-agent"]
CMD ["--help"]
