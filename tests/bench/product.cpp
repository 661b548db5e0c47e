#include "tests/bench/product.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

#include "store/sql.h"

namespace ringdown::bench {
namespace {

constexpr Statement notify("notify", Scope::tenant, "", "SELECT pg_notify('ringdown_changes', '')", 0, false);
constexpr Statement no_notify("no_notify", Scope::tenant, "", "SELECT length('ringdown_changes')", 0, false);

// One statement, not store::put_message: that also looks at `due`, which the peers do not.
void write_row(Tx& tx, Work work) {
  const Values row{next_row_id(), row_kind, Null{}, Json{row_payload}, row_time, row_time};
  switch (work) {
    case Work::row: tx.send(sql::put_message, row); break;
    case Work::row_looked_at: tx.run(sql::put_message, row); break;
    case Work::told_after_commit:
      tx.send(sql::put_message, row);
      tx.send(no_notify);  // so that only the NOTIFY differs
      tx.announce();
      break;
    case Work::told_inside:
      tx.send(sql::put_message, row);
      tx.send(notify);
      break;
  }
}

}  // namespace

Load Product::run(int at_once, Span length) {
  boost::asio::io_context loop(1);
  Load load;
  std::exception_ptr problem;
  const auto begun = SteadyClock::now();
  for (int i = 0; i < at_once; ++i) {
    boost::asio::co_spawn(loop, write_until(begun + length, load), [&](std::exception_ptr thrown) {
      if (thrown) problem = thrown;
    });
  }
  loop.run();
  load.seconds = std::chrono::duration<double>(SteadyClock::now() - begun).count();
  if (problem) std::rethrow_exception(problem);
  return load;
}

Task<void> Product::write_until(SteadyClock::time_point end, Load& load) {
  while (SteadyClock::now() < end) {
    const auto asked = SteadyClock::now();
    co_await db_->write(workspace_, [work = work_](Tx& tx) { write_row(tx, work); });
    load.waits_ms.push_back(ms_since(asked));
    ++load.units;
  }
}

}  // namespace ringdown::bench
