#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "foundation/http/server_connection.hpp"

namespace rcms::http::net {

void serve_tls(Loop& loop, Socket socket, asio::ssl::context& tls, std::string remote, ConnectionCount count) {
  auto connection =
      std::make_shared<Connection<TlsSocket>>(loop, TlsSocket(std::move(socket), tls), std::move(remote), std::move(count));
  asio::co_spawn(loop.context, [connection] { return connection->run(); }, asio::detached);
}

}  // namespace rcms::http::net
