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

FROM mcr.microsoft.com/dotnet/runtime:10.0
RUN apt-get update \
 && apt-get install -y --no-install-recommends libsqlite3-0 git \
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
