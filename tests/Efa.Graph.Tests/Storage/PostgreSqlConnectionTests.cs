using Efa.Marketplace.Storage;
using Npgsql;

namespace Efa.Graph.Tests.Storage;

public sealed class PostgreSqlConnectionTests
{
    [Theory]
    [InlineData("Host=db", 20, 200)]
    [InlineData("Host=db;Maximum Pool Size=7", 7, 200)]
    [InlineData("Host=db;Max Auto Prepare=0", 20, 0)]
    public void What_the_operator_leaves_open_is_set(string given, int pool, int prepared)
    {
        var connection = new NpgsqlConnectionStringBuilder(StoreSetup.PostgreSqlConnection(new StoreOptions { Provider = StoreKind.PostgreSql, ConnectionString = given }));

        Assert.Equal((pool, prepared), (connection.MaxPoolSize, connection.MaxAutoPrepare));
    }
}
