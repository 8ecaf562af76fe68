//! What Linux knows about processes and about the machine, read from `/proc`.

use std::{
    fs,
    process::{Command, Stdio},
};

use anyhow::{Context, ensure};

// The unit of times in /proc is the same on every architecture: USER_HZ.
const TICKS_PER_SECOND: f64 = 100.0;

/// The seconds of processor time a process has used, its own and the kernel's for it, with all threads. They are counted
/// in hundredths.
pub(crate) fn cpu_time(process: u32) -> anyhow::Result<f64> {
    let stat =
        fs::read_to_string(format!("/proc/{process}/stat")).context("the process is gone")?;
    // The name stands in parentheses and may hold anything; the fields count from behind it.
    let (_, fields) = stat.rsplit_once(')').context("/proc/PID/stat")?;
    let field = |place: usize| {
        fields
            .split_ascii_whitespace()
            .nth(place)
            .and_then(|field| field.parse::<f64>().ok())
    };
    let (user, system) = (field(11).context("utime")?, field(12).context("stime")?);
    Ok((user + system) / TICKS_PER_SECOND)
}

/// The same for several processes together.
pub(crate) fn cpu_time_of(processes: &[u32]) -> anyhow::Result<f64> {
    processes.iter().map(|process| cpu_time(*process)).sum()
}

/// A process and all that it has started, and so on.
pub(crate) fn family(process: u32) -> Vec<u32> {
    let all: Vec<(u32, u32)> = fs::read_dir("/proc")
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
        .filter_map(|process| Some((process, parent(process)?)))
        .collect();
    let mut family = vec![process];
    let mut seen = 0;
    while let Some(of) = family.get(seen).copied() {
        let children = all.iter().filter(|(_, parent)| *parent == of);
        family.extend(children.map(|(child, _)| *child));
        seen += 1;
    }
    family
}

fn parent(process: u32) -> Option<u32> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let (_, fields) = stat.rsplit_once(')')?;
    fields.split_ascii_whitespace().nth(1)?.parse().ok()
}

/// The number of the last processor; the first is 0.
pub(crate) fn last_processor() -> anyhow::Result<usize> {
    let description = fs::read_to_string("/proc/cpuinfo").context("/proc/cpuinfo")?;
    let processors = description
        .lines()
        .filter(|line| line.starts_with("processor"));
    Ok(processors.count().saturating_sub(1))
}

/// Keeps processes, with all their threads, to some of the processors: `"0"`, `"1-3"`. What they start later follows them.
///
/// # Errors
/// When there is no such processor, or no `taskset` (util-linux) to ask.
pub(crate) fn keep_to(processors: &str, processes: &[u32]) -> anyhow::Result<()> {
    for process in processes {
        let kept = Command::new("taskset")
            .args(["--all-tasks", "--cpu-list", "--pid", processors])
            .arg(process.to_string())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .context("taskset")?;
        ensure!(
            kept.success(),
            "taskset keeps no process to processor {processors}"
        );
    }
    Ok(())
}

/// How many files and connections this program, and what it starts, may have open.
pub(crate) fn open_files() -> Option<usize> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    let allowed = line.split_ascii_whitespace().next()?;
    Some(allowed.parse().unwrap_or(usize::MAX))
}

/// The memory a process holds.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Memory {
    /// Resident now, in MiB.
    pub(crate) resident: f64,
    /// The most that ever was, in MiB.
    pub(crate) peak: f64,
}

/// The memory of a process; `None` when it is gone.
pub(crate) fn memory(process: u32) -> Option<Memory> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    Some(Memory {
        resident: kibibytes(&status, "VmRSS:")? / 1_024.0,
        peak: kibibytes(&status, "VmHWM:")? / 1_024.0,
    })
}

/// What several processes hold now, in MiB. What they share counts for each of them.
pub(crate) fn resident(processes: &[u32]) -> f64 {
    let memories = processes.iter().filter_map(|process| memory(*process));
    memories.map(|memory| memory.resident).sum()
}

/// How many processes wanted to run in the last minute, on average.
pub(crate) fn load_average() -> Option<f64> {
    fs::read_to_string("/proc/loadavg")
        .ok()?
        .split_ascii_whitespace()
        .next()?
        .parse()
        .ok()
}

/// The machine in a line: `2 cores, 24 GiB, Linux 6.12`.
pub(crate) fn description() -> String {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let memory = fs::read_to_string("/proc/meminfo")
        .ok()
        .and_then(|text| kibibytes(&text, "MemTotal:"))
        .unwrap_or_default();
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
    let version: Vec<&str> = kernel.trim().split(['.', '-']).take(2).collect();
    format!(
        "{cores} cores, {:.0} GiB, Linux {}",
        memory / 1_048_576.0,
        version.join(".")
    )
}

fn kibibytes(text: &str, name: &str) -> Option<f64> {
    let line = text.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_ascii_whitespace().next()?.parse().ok()
}
