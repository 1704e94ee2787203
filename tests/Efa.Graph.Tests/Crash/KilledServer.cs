using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Efa.Graph.Tests.Hosting;
using Microsoft.Data.Sqlite;

namespace Efa.Graph.Tests.Crash;

/// <summary>A folder with a store on which servers are started and killed without warning: SIGKILL, so that no handler runs and nothing is flushed.</summary>
internal sealed class KilledServer : IAsyncDisposable
{
    private const int MostRepetitions = 10;

    private readonly string folder = Directory.CreateTempSubdirectory("efa-kill-").FullName;
    private Executable? running;
    private HttpClient client = new();

    /// <summary>How often a server is killed: <c>EFA_GRAPH_KILLS</c>.</summary>
    public static int Kills => Environment.GetEnvironmentVariable("EFA_GRAPH_KILLS") is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : 3;

    private string StoreFile => Path.Combine(folder, "market.db");

    public void Begin()
    {
        Uri address = Executable.FreeAddress();
        running = Executable.Start(folder, "--environment", "Development", "--urls", address.ToString(), $"--Store:ConnectionString=Data Source={StoreFile}",
            $"--Keys:MasterKeyFile={Path.Combine(folder, "master.key")}");
        client = new HttpClient { BaseAddress = address };
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
    }

    public async Task AuthoriseAsync(string clientId)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "client_credentials", ["client_id"] = clientId, ["client_secret"] = "demo-secret" };
        using HttpResponseMessage response = await client.PostAsync("/connect/token", new FormUrlEncodedContent(form));
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", answer.GetProperty("access_token").GetString());
    }

    /// <summary>The data of an answer without errors; fails with <see cref="HttpRequestException"/> where the server dies before it has answered.</summary>
    /// <remarks>What took too long on a busy machine, or was put off, is asked again as it was, like a careful client does.</remarks>
    public async Task<JsonElement> AskAsync(string query, object variables)
    {
        for (int again = 0; ; again++)
        {
            using var body = JsonContent.Create(new { query, variables });
            using HttpResponseMessage response = await client.PostAsync("/graphql", body);
            JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
            if (!answer.TryGetProperty("errors", out JsonElement errors)) return answer.GetProperty("data");
            string? code = errors[0].GetProperty("extensions").GetProperty("code").GetString();
            Assert.True(again < MostRepetitions && code is ("TIMEOUT" or "UNAVAILABLE"), errors.GetRawText());
        }
    }

    /// <summary>What stands in the file, read past the server.</summary>
    public async Task<IReadOnlyList<T>> ReadAsync<T>(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={StoreFile};Mode=ReadWrite;Pooling=False");
        await connection.OpenAsync();
        await using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        await using SqliteDataReader reader = await command.ExecuteReaderAsync();
        var values = new List<T>();
        while (await reader.ReadAsync()) values.Add(await reader.GetFieldValueAsync<T>(0));
        return values;
    }

    public async Task<long> CountAsync(string from) => Assert.Single(await ReadAsync<long>($"SELECT COUNT(*) FROM {from}"));

    public async Task IsSoundAsync()
    {
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
