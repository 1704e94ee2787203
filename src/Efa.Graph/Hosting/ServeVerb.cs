using Efa.Graph.Identity;
using Efa.Marketplace.Access;

namespace Efa.Graph.Hosting;

/// <summary>Gets everything ready and serves until told to stop.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(WebApplication app)
    {
        using IDisposable? held = await BackupVerbs.HoldStoreAsync(app.Services);
        await StoreStart.MigrateOrRefuseAsync(app.Services);
        await app.Services.GetRequiredService<SigningKeys>().LoadAsync();
        await StoreStart.LoadDemoAsync(app);
        await app.Services.GetRequiredService<CallerTable>().RefreshAsync(CancellationToken.None);
        await StoreStart.TellSearchAsync(app.Services);
        try
        {
            await app.StartAsync();
        }
        catch (IOException failure) when (failure.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new StartRefused($"{failure.Message} Set another address by --urls or ASPNETCORE_URLS.");
        }
        Welcome.Print(app, Console.Out);
        await app.WaitForShutdownAsync();
        return 0;
    }
}
