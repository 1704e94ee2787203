using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace Efa.Marketplace.Storage.Sqlite;

/// <summary>The file that an SQLite store lives in: held by one server, copied while it is used, and put back.</summary>
public sealed class SqliteFile
{
    private const string Known = "SELECT COUNT(*) FROM sqlite_master WHERE name IN ('LogHead', '__EFMigrationsHistory')";

    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(100);

    private SqliteFile(string path) => Path = path;

    public string Path { get; }

    /// <summary>Null where the store is no file.</summary>
    public static SqliteFile? Of(IDbContextFactory<MarketContext> contexts)
    {
        using MarketContext context = contexts.CreateDbContext();
        return context.Database.GetDbConnection() is SqliteConnection { DataSource: var file } && file is not ("" or ":memory:") ? new SqliteFile(file) : null;
    }

    /// <summary>Keeps the file for one server until disposed; null where another one still has it after so long.</summary>
    /// <remarks>The operating system lets go of it when a process dies.</remarks>
    public async Task<IDisposable?> HoldAsync(TimeSpan longest)
    {
        for (TimeSpan waited = TimeSpan.Zero; ; waited += Retry)
        {
            try
            {
                return new FileStream(Path + ".serving", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < longest)
            {
                await Task.Delay(Retry);
            }
            catch (IOException)
            {
                return null;
            }
        }
    }

    /// <summary>Copies the store as it stands at one moment; who uses it meanwhile goes on.</summary>
    public void Backup(string target)
    {
        if (!File.Exists(Path)) throw new StoreFileException($"There is no store at {Path}.");
        if (File.Exists(target)) throw new StoreFileException($"{target} is there already.");
        Copy(Path, target, _ => { });
    }

    /// <summary>Puts a copy where no store is. Its log begins another life, so that cursors of what was lost are told apart.</summary>
    public void Restore(string backup)
    {
        if (!File.Exists(backup)) throw new StoreFileException($"There is no file {backup}.");
        if (File.Exists(Path)) throw new StoreFileException($"There is a store at {Path}; move it away first.");
        Copy(backup, Path, copy => Execute(copy, $"UPDATE LogHead SET Epoch = (Epoch + {RandomNumberGenerator.GetInt32(1, int.MaxValue)}) % {int.MaxValue}"));
    }

    private static void Copy(string from, string to, Action<SqliteConnection> change)
    {
        // Whole under its name, or not there.
        string partial = to + ".partial";
        foreach (string left in new[] { partial, partial + "-wal", partial + "-shm" }) File.Delete(left);
        try
        {
            using (SqliteConnection source = Open(from, SqliteOpenMode.ReadWrite))
            using (SqliteConnection copy = Open(partial, SqliteOpenMode.ReadWriteCreate))
            {
                source.BackupDatabase(copy);
                if (Execute(copy, "PRAGMA integrity_check") is not "ok" || Execute(copy, Known) is not 2L)
                    throw new StoreFileException($"{from} is no sound store of a marketplace.");
                change(copy);
            }
            File.Move(partial, to);
        }
        catch (SqliteException failure)
        {
            throw new StoreFileException($"{from} could not be copied to {to}: {failure.Message}");
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static SqliteConnection Open(string path, SqliteOpenMode mode)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false }.ConnectionString);
        connection.Open();
        return connection;
    }

    private static object? Execute(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }
}

/// <summary>Why a store was not copied or put back; nothing was changed.</summary>
public sealed class StoreFileException(string message) : Exception(message);
