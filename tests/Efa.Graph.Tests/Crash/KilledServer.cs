using System.Data.Common;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Efa.Graph.Tests.Hosting;
using Efa.Marketplace.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Efa.Graph.Tests.Crash;

/// <summary>A folder with a store on which servers are started and killed without warning: SIGKILL, so that no handler runs and nothing is flushed.</summary>
/// <param name="storeFile">A store that is there already; otherwise one in a folder that goes with the server.</param>
/// <param name="masterKeyFile">Of that store.</param>
/// <param name="database">In place of a store file: one of any kind, which outlives the server.</param>
/// <param name="settings">Further settings, as on the command line.</param>
internal sealed class KilledServer(string? storeFile = null, string? masterKeyFile = null, TestDatabase? database = null, params string[] settings) : IAsyncDisposable
{
    private const int MostRepetitions = 10;

    // Tokens are good for ten minutes.
    private static readonly TimeSpan TokenAge = TimeSpan.FromMinutes(5);

    private readonly string folder = Directory.CreateTempSubdirectory("efa-kill-").FullName;
    private readonly SemaphoreSlim renewing = new(1);
    private Executable? running;
    private readonly Dictionary<string, (string Token, DateTime At)> tokens = [];
    private string? asking;
    private HttpClient client = new();

    /// <summary>How often a server is killed: <c>EFA_GRAPH_KILLS</c>.</summary>
    public static int Kills => Environment.GetEnvironmentVariable("EFA_GRAPH_KILLS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 3;

    public string StoreFile => storeFile ?? Path.Combine(folder, "market.db");

    public StoreKind Kind => database?.Kind ?? StoreKind.Sqlite;

    public string MasterKeyFile => masterKeyFile ?? database?.MasterKeyFile ?? Path.Combine(folder, "master.key");

    public Uri Address => client.BaseAddress!;

    private string ConnectionString => database?.ConnectionString ?? $"Data Source={StoreFile}";

    /// <summary>Resident memory of the server in bytes.</summary>
    public long Memory => running!.Memory;

    public void Begin()
    {
        Uri address = Executable.FreeAddress();
        running = Executable.Start(folder, ["--environment", "Development", "--urls", address.ToString(), $"--Store:Provider={Kind}", $"--Store:ConnectionString={ConnectionString}", "--Store:MigrateOnStart=true",
            "--Jobs:LeaseSeconds=3", $"--Keys:MasterKeyFile={MasterKeyFile}", .. settings]);
        client = new HttpClient { BaseAddress = address };
        tokens.Clear();
        asking = null;
    }

    public Task ReadyAsync() => running!.ReadyAsync(client.BaseAddress!);

    public async Task StartAsync()
    {
        Begin();
        await ReadyAsync();
    }

    public async Task KillAsync()
    {
        await running!.DisposeAsync();
        running = null;
        // What it had sent can still be committed: until the database has noticed that nobody is there any more.
        if (Kind == StoreKind.PostgreSql)
            while (await CountAsync("pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()") > 0) await Task.Delay(20);
    }

    /// <summary>From now on asks as a client.</summary>
    public Task AuthoriseAsync(string clientId)
    {
        asking = clientId;
        return TokenOfAsync(clientId);
    }

    public async Task<string> TokenAsync(string clientId)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = "demo-secret" };
        using HttpResponseMessage response = await client.PostAsync("/connect/token", new FormUrlEncodedContent(form));
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        return answer.GetProperty("access_token").GetString()!;
    }

    /// <summary>The data of an answer without errors; fails with <see cref="HttpRequestException"/> where the server dies before it has answered.</summary>
    /// <remarks>What took too long on a busy machine, or was put off, is asked again as it was, like a careful client does.</remarks>
    /// <param name="clientId">Asks as this client, once.</param>
    public async Task<JsonElement> AskAsync(string query, object variables, CancellationToken cancellationToken = default, string? clientId = null)
    {
        for (int again = 0; ; again++)
        {
            JsonElement answer = await AnswerAsync(query, variables, clientId ?? asking, cancellationToken);
            if (!answer.TryGetProperty("errors", out JsonElement errors)) return answer.GetProperty("data");
            string? code = errors[0].GetProperty("extensions").GetProperty("code").GetString();
            Assert.True(again < MostRepetitions && code is ("TIMEOUT" or "UNAVAILABLE"), errors.GetRawText());
        }
    }

    private async Task<JsonElement> AnswerAsync(string query, object variables, string? clientId, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query, variables }) };
        if (clientId is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await TokenOfAsync(clientId));
        using HttpResponseMessage response = await client.SendAsync(request, cancellationToken);
        return await response.Content.ReadFromJsonAsync<JsonElement>(cancellationToken);
    }

    /// <summary>A token that is good for some minutes more, of the client that asks.</summary>
    public Task<string> TokenAsync() => TokenOfAsync(asking!);

    private async Task<string> TokenOfAsync(string clientId)
    {
        await renewing.WaitAsync();
        try
        {
            if (!tokens.TryGetValue(clientId, out (string Token, DateTime At) known) || DateTime.UtcNow - known.At > TokenAge)
                tokens[clientId] = known = (await TokenAsync(clientId), DateTime.UtcNow);
            return known.Token;
        }
        finally
        {
            renewing.Release();
        }
    }

    /// <summary>The code of the first error of an answer.</summary>
    public async Task<string?> CodeAsync(string query, object variables)
    {
        JsonElement answer = await AnswerAsync(query, variables, asking, CancellationToken.None);
        return answer.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
    }

    /// <summary>What stands in the store, read past the server.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql)
    {
        await using DbConnection connection = Kind == StoreKind.PostgreSql
            ? new NpgsqlConnection(ConnectionString + ";Pooling=False")
            : new SqliteConnection(ConnectionString + ";Mode=ReadWrite;Pooling=False");
        await connection.OpenAsync();
        await using DbCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await using DbDataReader reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync()) values.Add(await reader.GetFieldValueAsync<T>(0));
        return values;
    }

    public async Task<long> CountAsync(string from) => Assert.Single(await ReadAsync<long>($"SELECT COUNT(*) FROM {from}"));

    /// <summary>A file; a database server sees to itself.</summary>
    public async Task IsSoundAsync()
    {
        if (Kind != StoreKind.Sqlite) return;
        Assert.Equal(["ok"], await ReadAsync<string>("PRAGMA integrity_check"));
        Assert.Empty(await ReadAsync<string>("PRAGMA foreign_key_check"));
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null) await KillAsync();
        client.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
