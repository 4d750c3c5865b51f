# sh run-job.sh DIRECTORY COMMAND...
#
# Runs one job and says in files of DIRECTORY what became of it, so that a service that was killed
# and started again can tell without being the parent: "pid" while it runs, "exit" when it ended.
# It is started as the leader of its own session and process group, with the job's environment and
# working directory; standard output is the job's log. Builtins only, so that it costs one process.
longshore_dir=$1
shift
exec 3>&1 > /dev/null 2>&1
# A signal to the group is for the job; only SIGKILL ends this shell, too.
trap '' HUP INT QUIT TERM USR1 USR2 ALRM PIPE
unset PWD OLDPWD SHLVL
longshore_stat=
read -r longshore_stat < /proc/self/stat
if [ -z "$longshore_stat" ]; then
  longshore_stat="$$ $(LC_ALL=C ps -o lstart= -p "$$")"
fi
(
  trap - HUP INT QUIT TERM USR1 USR2 ALRM PIPE
  # Whoever makes the file first decides: a service that starts makes it to say "not any more".
  set -C
  echo "$longshore_stat" > "$longshore_dir/pid" || kill -s KILL -- "-$$"
  exec "$@" >&3 2>&3 3>&-
)
longshore_code=$?
# One write of a whole line: a reader takes it when it sees the line feed.
echo "$longshore_code" > "$longshore_dir/exit"
# The end of the main process ends what it left behind, as in a container.
kill -s KILL -- "-$$"
