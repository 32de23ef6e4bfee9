#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "foundation/http/server_connection.hpp"

namespace rcms::http::net {

void serve_plain(Loop& loop, Socket socket, std::string remote, ConnectionCount count) {
  auto connection = std::make_shared<Connection<Socket>>(loop, std::move(socket), std::move(remote), std::move(count));
  asio::co_spawn(loop.context, [connection] { return connection->run(); }, asio::detached);
}

}  // namespace rcms::http::net
