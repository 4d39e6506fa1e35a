using SreAgent.Host;

return await SreAgentHost.RunAsync(args);
