# Read by the scripts beside it. ask STATUS CURL-ARGUMENTS... leaves the answer's body in $body and its headers in $headers.
set -eu

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ask() {
  wanted=$1
  shift
  got=$(curl -sS --noproxy '*' --max-time 20 -o "$work/body" -D "$work/headers" -w '%{http_code}' "$@")
  body=$(cat "$work/body")
  headers=$(tr -d '\r' <"$work/headers")
  if [ "$got" != "$wanted" ]; then
    echo "expected $wanted but got $got from: curl $*" >&2
    echo "$body" >&2
    exit 1
  fi
}

# says TEXT: the last answer's body has it.
says() {
  case $body in
    *"$1"*) ;;
    *)
      echo "expected \"$1\" in: $body" >&2
      exit 1
      ;;
  esac
}

# field NAME: the text of a JSON field in the last answer's body.
field() {
  printf '%s' "$body" | sed -n 's/.*"'"$1"'":"\([^"]*\)".*/\1/p'
}

# header NAME: a header of the last answer.
header() {
  printf '%s\n' "$headers" | sed -n 's/^'"$1"': //p'
}
