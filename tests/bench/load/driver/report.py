"""What is printed: one table for each operation, ratios within the same run."""

COLUMNS = ['system', 'requests/s', 'p50 ms', 'p99 ms', 'server CPU ms', 'PostgreSQL CPU ms', 'generator CPU ms', 'failed']
TITLES = {'read': 'Read a case', 'list': 'List of 25 with filter and sort', 'search': 'Search by name',
          'change': 'Change of state, durable', 'create': 'Create, durable'}


def row_of(name, figures):
    per_request = [figures['server_cpu_s'], figures['postgresql_cpu_s'], figures['generator_cpu_s']]
    count = max(figures['requests'], 1)
    return [name, f"{figures['requests'] / figures['seconds']:,.0f}", f"{figures['p50_ms']:.2f}", f"{figures['p99_ms']:.2f}",
            *(f'{seconds * 1000 / count:.3f}' for seconds in per_request), str(figures['failed'])]


def rate(figures):
    return figures['requests'] / figures['seconds']


def table(columns, rows):
    lines = ['| ' + ' | '.join(columns) + ' |', '|' + '---|' * len(columns)]
    lines += ['| ' + ' | '.join(row) + ' |' for row in rows]
    return '\n'.join(lines)


def ratios(results, operation):
    """RCMS : peer, for each of the two databases of RCMS."""
    rows = []
    for name, result in results.items():
        mine = result['operations'].get(operation)
        if not name.startswith('rcms') or not mine:
            continue
        others = [f"{rate(mine) / max(rate(other['operations'][operation]), 0.1):.1f} × {peer}" for peer, other in results.items()
                  if not peer.startswith('rcms') and operation in other['operations']]
        if others:
            rows.append(f'{name} = ' + ', '.join(others))
    return rows


def day(results, rate_of_all):
    """A working day: what each operation took while all were asked at once, and what share of a processor it needed."""
    rows = []
    for name, result in results.items():
        for operation, figures in result['day'].items():
            rows.append([name, operation, f'{rate(figures):,.0f}', f"{figures['p50_ms']:.2f}", f"{figures['p99_ms']:.2f}",
                         f"{figures['max_ms']:.1f}", str(figures['failed'])])
        used = next(iter(result['day'].values()))
        share = (used['server_cpu_s'] + used['postgresql_cpu_s']) / used['seconds']
        rows.append([name, 'all', '', '', '', '', f'{share:.2f} processors used'])
    columns = ['system', 'operation', 'requests/s', 'p50 ms', 'p99 ms', 'slowest ms', 'failed']
    return [f'### A working day: {rate_of_all:g} a second, all at once', '', table(columns, rows), '']


def render(results, operations, rate_of_day=0):
    parts = []
    for operation in operations:
        rows = [row_of(name, result['operations'][operation]) for name, result in results.items()
                if operation in result['operations']]
        if rows:
            parts += [f'### {TITLES[operation]}', '', table(COLUMNS, rows), '', *ratios(results, operation), '']
    if rate_of_day:
        parts += day(results, rate_of_day)
    memory = [[name, f"{result['start_s']:.2f}", f"{result['memory_start_mib']:,.0f}", f"{result['memory_end_mib']:,.0f}",
               f"{result['postgresql_mib']:,.0f}" if result['postgresql_mib'] else '—'] for name, result in results.items()]
    parts += ['### Start and memory', '', table(['system', 'start to first answer s', 'memory after start MiB',
                                                 'memory after the load MiB', 'PostgreSQL MiB'], memory), '']
    return '\n'.join(parts)


def failures(results):
    found = []
    for name, result in results.items():
        for operation, figures in [*result['operations'].items(), *result.get('day', {}).items()]:
            if figures['failed'] or figures['connections_lost'] or not figures['requests']:
                found.append(f"{name} {operation}: {figures['failed']} of {figures['requests']} answers were wrong, "
                             f"{figures['connections_lost']} connections lost; first: {figures['first_failure']}")
    return found
